"""The two dialects as data: id prefixes, body format, and the functions that write objects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from ..ledger.earning_rules import EarningRule
from ..ledger.pagination import Page
from ..ledger.rewards import Reward
from ..ledger.rows import AccountRow, RedemptionRow, TransactionRow
from ..ledger.unit_of_work import UnitOfWork
from . import render, render_resources
from .expansion import NO_EXPANSION, ExpandTree
from .render import Json

BodyFormat = Literal["json", "form"]


@dataclass(frozen=True, slots=True)
class Dialect:
    """What one dialect does differently from the other."""

    account_prefix: str
    transaction_prefix: str
    body: BodyFormat
    account: Callable[[UnitOfWork, AccountRow, ExpandTree], Json]
    transaction: Callable[[UnitOfWork, TransactionRow, ExpandTree], Json]
    reward: Callable[[Reward], Json]
    redemption: Callable[[RedemptionRow], Json]
    earning_rule: Callable[[EarningRule], Json]
    page: Callable[[Page[Json]], Json]
    expandable_in_account: ExpandTree
    expandable_in_transaction: ExpandTree
    parameter_names: Mapping[str, str]
    """The dialect's names of parameters whose names differ from the ledger's."""


_IN_ACCOUNT: Final[ExpandTree] = {"customer": NO_EXPANSION, "tier": NO_EXPANSION}

GUIDE: Final = Dialect(
    account_prefix="loy_",
    transaction_prefix="ptx_",
    body="json",
    account=render.guide_account,
    transaction=render.guide_transaction,
    reward=render_resources.guide_reward,
    redemption=render_resources.guide_redemption,
    earning_rule=render_resources.guide_earning_rule,
    page=render.guide_page,
    expandable_in_account=_IN_ACCOUNT,
    expandable_in_transaction=NO_EXPANSION,
    parameter_names={},
)

REFERENCE: Final = Dialect(
    account_prefix="la_",
    transaction_prefix="pt_",
    body="form",
    account=render.reference_account,
    transaction=render.reference_transaction,
    reward=render_resources.reference_reward,
    redemption=render_resources.reference_redemption,
    earning_rule=render_resources.reference_earning_rule,
    page=render.reference_page,
    expandable_in_account=_IN_ACCOUNT,
    expandable_in_transaction={"loyalty_account": _IN_ACCOUNT},
    parameter_names={"program": "programme_id", "account": "loyalty_account"},
)

_ACCOUNT_PREFIXES: Final = (GUIDE.account_prefix, REFERENCE.account_prefix)
_TRANSACTION_PREFIXES: Final = (GUIDE.transaction_prefix, REFERENCE.transaction_prefix)


def account_key(account_id: str) -> str:
    """The key in ``loy_<key>`` or ``la_<key>``: both name the same member, in either dialect."""
    return _without_prefix(_ACCOUNT_PREFIXES, account_id)


def transaction_key(transaction_id: str) -> str:
    """The key in ``ptx_<key>`` or ``pt_<key>``."""
    return _without_prefix(_TRANSACTION_PREFIXES, transaction_id)


def reward_key(reward_id: str) -> str:
    """The key in ``rwd_<key>``."""
    return _without_prefix(("rwd_",), reward_id)


def earning_rule_key(rule_id: str) -> str:
    """The key in ``rule_<key>`` or ``er_<key>``."""
    return _without_prefix(("rule_", "er_"), rule_id)


def store_credit_key(credit_id: str) -> str:
    """The key in ``sc_<key>``."""
    return _without_prefix(("sc_",), credit_id)


def webhook_endpoint_key(endpoint_id: str) -> str:
    """The key in ``we_<key>``."""
    return _without_prefix(("we_",), endpoint_id)


def in_both_dialects(id: str) -> tuple[str, ...]:
    """An id, or the beginning of one, as each dialect writes it; other texts as they are."""
    for prefixes in (_ACCOUNT_PREFIXES, _TRANSACTION_PREFIXES):
        if id.startswith(prefixes):
            key = _without_prefix(prefixes, id)
            return tuple(prefix + key for prefix in prefixes)
    return (id,)


def _without_prefix(prefixes: tuple[str, ...], id: str) -> str:
    for prefix in prefixes:
        if id.startswith(prefix):
            return id[len(prefix) :]
    return ""  # which is the key of nothing

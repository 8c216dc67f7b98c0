"""The two dialects of the one service, as data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from ..ledger.accounts import Account
from ..ledger.listing import Page
from ..ledger.transactions import Transaction
from ..ledger.work import UnitOfWork
from . import render
from .expansion import NOTHING, Tree
from .render import Json

BodyFormat = Literal["json", "form"]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one dialect writes what the other one writes differently."""

    account_prefix: str
    transaction_prefix: str
    body: BodyFormat
    account: Callable[[UnitOfWork, Account, Tree], Json]
    transaction: Callable[[UnitOfWork, Transaction, Tree], Json]
    page: Callable[[Page[Json]], Json]
    expandable_in_account: Tree
    expandable_in_transaction: Tree
    parameter_names: Mapping[str, str]
    """The dialect's own names of parameters that the ledger calls otherwise."""


_IN_ACCOUNT: Final[Tree] = {"customer": NOTHING, "tier": NOTHING}

GUIDE: Final = Dialect(
    account_prefix="loy_",
    transaction_prefix="ptx_",
    body="json",
    account=render.guide_account,
    transaction=render.guide_transaction,
    page=render.guide_page,
    expandable_in_account=_IN_ACCOUNT,
    expandable_in_transaction=NOTHING,
    parameter_names={},
)

REFERENCE: Final = Dialect(
    account_prefix="la_",
    transaction_prefix="pt_",
    body="form",
    account=render.reference_account,
    transaction=render.reference_transaction,
    page=render.reference_page,
    expandable_in_account=_IN_ACCOUNT,
    expandable_in_transaction={"loyalty_account": _IN_ACCOUNT},
    parameter_names={"program": "programme_id", "account": "loyalty_account"},
)

_ACCOUNT_PREFIXES: Final = (GUIDE.account_prefix, REFERENCE.account_prefix)
_TRANSACTION_PREFIXES: Final = (GUIDE.transaction_prefix, REFERENCE.transaction_prefix)


def account_key(account_id: str) -> str:
    """What ``loy_X`` and ``la_X`` share: either names the member, through either dialect."""
    return _without(_ACCOUNT_PREFIXES, account_id)


def transaction_key(transaction_id: str) -> str:
    """What ``ptx_X`` and ``pt_X`` share."""
    return _without(_TRANSACTION_PREFIXES, transaction_id)


def _without(prefixes: tuple[str, ...], full: str) -> str:
    for prefix in prefixes:
        if full.startswith(prefix):
            return full[len(prefix) :]
    # no key is empty, so this names nothing
    return ""

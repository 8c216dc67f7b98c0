"""The life of a membership: enrol, change, close, reopen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, Literal

from ..refusal import Refusal
from . import accounts, programs, transactions
from .accounts import Account
from .transactions import Entry
from .work import UnitOfWork

MOST_METADATA_KEYS: Final = 50


class Unchanged(Enum):
    """Says that a field was not given, where None says that it is to be emptied."""

    UNCHANGED = "unchanged"


UNCHANGED: Final = Unchanged.UNCHANGED


@dataclass(frozen=True, slots=True)
class Changes:
    """What an update asks for. ``tier`` by id or name; None as a metadata value removes its key."""

    tier: str | Literal[Unchanged.UNCHANGED] | None = UNCHANGED
    customer: str | Literal[Unchanged.UNCHANGED] | None = UNCHANGED
    metadata: Mapping[str, str | None] = field(default_factory=dict[str, str | None])


def enrol(
    work: UnitOfWork, program_id: str, customer: str | None, metadata: Mapping[str, str]
) -> Account:
    """Make a member, as it is before its welcome bonus: that one shows on the next read."""
    program = programs.get(work, program_id)
    accounts.refuse_second(work, program.id, customer)
    account = accounts.insert(work, program.id, customer, metadata)
    if program.welcome_bonus:
        welcome = Entry(
            type="earn",
            amount=program.welcome_bonus,
            origin_type="rule",
            origin_id="loyalty.account.created",
            reason="welcome_bonus",
        )
        transactions.post(work, account, welcome)
    return account


def change(work: UnitOfWork, account: Account, changes: Changes) -> Account:
    """Apply an update; a merged account cannot be changed any more."""
    if account.status == "merged":
        accounts.refuse_unless_active(account)
    changed = account._replace(metadata=_merged_metadata(account.metadata, changes.metadata))
    if changes.tier is not UNCHANGED:
        changed = _with_tier(work, changed, changes.tier)
    if changes.customer is not UNCHANGED:
        changed = _with_customer(work, changed, changes.customer)
    accounts.save(work, changed)
    return changed


def close(work: UnitOfWork, account: Account) -> Account:
    """Retire a member; balance and history stay."""
    accounts.refuse_unless_active(account)
    closed = account._replace(status="closed")
    accounts.save(work, closed)
    return closed


def reopen(work: UnitOfWork, account: Account) -> Account:
    """Undo a close, unless the customer has another active account by now."""
    if account.status != "closed":
        raise Refusal(f"account_{account.status}", f"The account is {account.status}.")
    accounts.refuse_second(work, account.program, account.customer)
    reopened = account._replace(status="active")
    accounts.save(work, reopened)
    return reopened


def _merged_metadata(kept: Mapping[str, str], given: Mapping[str, str | None]) -> Mapping[str, str]:
    merged = {**kept, **given}
    metadata = {key: value for key, value in merged.items() if value is not None}
    if len(metadata) > MOST_METADATA_KEYS:
        raise Refusal(
            "parameter_invalid",
            f"The account would have more than {MOST_METADATA_KEYS} metadata keys.",
            param="metadata",
        )
    return metadata


def _with_tier(work: UnitOfWork, account: Account, wanted: str | None) -> Account:
    if wanted is None:
        return account._replace(tier_override=None)
    program = programs.get(work, account.program)
    tier = program.tier_named(wanted)
    if tier is None:
        known = ", ".join(tier.id for tier in program.tiers) or "none"
        message = f"The program has no such tier; its tiers are: {known}."
        raise Refusal("parameter_invalid", message, param="tier")
    return account._replace(tier_override=tier.id, override_lifetime=account.lifetime_points)


def _with_customer(work: UnitOfWork, account: Account, customer: str | None) -> Account:
    if account.status == "active" and customer != account.customer:
        accounts.refuse_second(work, account.program, customer)
    return account._replace(customer=customer)

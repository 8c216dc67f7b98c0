"""The life of a membership: enrol, update, close, reopen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, Literal

from ..refusal import Refusal
from . import accounts, customers, earning_rules, programs, qualifying, transactions
from .limits import MOST_METADATA_KEYS
from .rows import AccountRow
from .transactions import NewTransaction
from .unit_of_work import UnitOfWork


class Unchanged(Enum):
    """The value of a field that was not given; None means that it is to be emptied."""

    UNCHANGED = "unchanged"


UNCHANGED: Final = Unchanged.UNCHANGED


@dataclass(frozen=True, slots=True)
class AccountUpdate:
    """What an update changes. A metadata value of None removes its key.

    ``tier`` is a key, an id or a name.
    """

    tier: str | Literal[Unchanged.UNCHANGED] | None = UNCHANGED
    customer: str | Literal[Unchanged.UNCHANGED] | None = UNCHANGED
    metadata: Mapping[str, str | None] = field(default_factory=dict[str, str | None])


def enrol(
    work: UnitOfWork, program_id: str, customer: str | None, metadata: Mapping[str, str]
) -> AccountRow:
    """Make a member. Returned as it is before its welcome bonus, which shows on the next read."""
    program = programs.get(work, program_id)
    customers.refuse_deleted(work, customer)
    accounts.refuse_second_active(work, program.id, customer)
    account = accounts.insert(work, program.id, customer, metadata)
    points = program.welcome_bonus + earning_rules.points_for_enrolment(work, program)
    if points:
        bonus = NewTransaction(
            type="earn",
            amount=points,
            origin_type="rule",
            origin_id=earning_rules.ACCOUNT_CREATED,
            reason="welcome_bonus",
        )
        transactions.post(work, account, bonus)
    return account


def update(work: UnitOfWork, account: AccountRow, changes: AccountUpdate) -> AccountRow:
    """Apply an update; a merged account cannot be changed any more."""
    if account.status == "merged":
        accounts.refuse_inactive(account)
    updated = account._replace(metadata=_merge_metadata(account.metadata, changes.metadata))
    if changes.tier is not UNCHANGED:
        updated = _with_tier(work, updated, changes.tier)
    if changes.customer is not UNCHANGED:
        updated = _with_customer(work, updated, changes.customer)
    accounts.save(work, updated)
    return updated


def close(work: UnitOfWork, account: AccountRow) -> AccountRow:
    """Close an active account; balance and history stay."""
    accounts.refuse_inactive(account)
    closed = account._replace(status="closed")
    accounts.save(work, closed)
    return closed


def reopen(work: UnitOfWork, account: AccountRow) -> AccountRow:
    """Reopen a closed account, unless the customer has another active account by now."""
    if account.status != "closed":
        raise Refusal(f"account_{account.status}", f"The account is {account.status}.")
    accounts.refuse_second_active(work, account.program, account.customer)
    reopened = account._replace(status="active")
    accounts.save(work, reopened)
    return reopened


def _merge_metadata(
    current: Mapping[str, str], changes: Mapping[str, str | None]
) -> Mapping[str, str]:
    merged = {**current, **changes}
    metadata = {key: value for key, value in merged.items() if value is not None}
    if len(metadata) > MOST_METADATA_KEYS:
        raise Refusal(
            "parameter_invalid",
            f"The account would have more than {MOST_METADATA_KEYS} metadata keys.",
            param="metadata",
        )
    return metadata


def _with_tier(work: UnitOfWork, account: AccountRow, name: str | None) -> AccountRow:
    if name is None:
        return account._replace(tier_override=None)
    program = programs.get(work, account.program)
    tier = program.tier_named(name)
    if tier is None:
        known = ", ".join(f"{tier.key} ({tier.id})" for tier in program.tiers) or "none"
        message = f"The program has no such tier; its tiers are: {known}."
        raise Refusal("parameter_invalid", message, param="tier")
    points = qualifying.points_of(work, account, program)
    return account._replace(tier_override=tier.id, override_lifetime=points)


def _with_customer(work: UnitOfWork, account: AccountRow, customer: str | None) -> AccountRow:
    customers.refuse_deleted(work, customer)
    if account.status == "active" and customer != account.customer:
        accounts.refuse_second_active(work, account.program, customer)
    return account._replace(customer=customer)

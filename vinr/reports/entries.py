"""What reports are computed from: entries and members of either dialect, or rows of an export."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, SupportsIndex, TypeAlias, cast

from pydantic import TypeAdapter

from .._models.account import Account
from .._models.lenient import TimeOrNone
from .._models.loyalty_account import LoyaltyAccount
from .._models.points_transaction import PointsTransaction
from .._models.transaction import Transaction
from ..errors import InvalidRequestError

Row: TypeAlias = Mapping[str, object]
"""A row of an export, or any other mapping with the names that VINR's objects have."""

_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,19}", re.ASCII)
_UNIX: Final = re.compile(r"[0-9]{1,12}", re.ASCII)
_TIME: Final = TypeAdapter[datetime | None](TimeOrNone)


class Kind(StrEnum):
    """What an entry did to the points outstanding."""

    EARNED = "earned"
    """By a payment, or another rule."""
    REVERSED = "reversed"
    """Taken back, as a payment was refunded."""
    REDEEMED = "redeemed"
    """Spent on a reward."""
    RELEASED = "released"
    """Given back, as a redemption came to nothing."""
    ADJUSTED = "adjusted"
    """Corrected by hand, up or down."""
    EXPIRED = "expired"
    """Lost by time."""
    MERGED = "merged"
    """Moved by a merge. VINR documents that a merge takes the entries along, so there is none."""
    OTHER = "other"
    """Of a type that this version does not know, or a credit or debit of the reference's."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the ledger, as reports see it."""

    id: str
    """``ptx_…`` or ``pt_…``."""
    account: str
    """The member's id, ``loy_…`` or ``la_…``."""
    type: str
    """As VINR says it, such as ``earn``; empty where a row has none."""
    points: int
    """Signed: what the entry adds to the balance."""
    at: datetime | None
    """When it was written, aware; None where nobody says."""
    reason: str | None = None
    """Why it was posted, in your words."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member, as reports see it."""

    id: str
    """``loy_…`` or ``la_…``."""
    balance: int
    """Points that can be spent, as VINR says it."""
    status: str | None = None
    """None in the reference's dialect, which has none."""


EntryLike: TypeAlias = Transaction | PointsTransaction | Entry | Row
MemberLike: TypeAlias = Account | LoyaltyAccount | Member | Row
Classify: TypeAlias = Callable[[Entry], Kind]
"""Decides what an entry did, such as by the reasons that your own postings have."""

_KINDS: Final[Mapping[str, Kind]] = {
    "earn": Kind.EARNED,
    "redeem": Kind.REDEEMED,
    "adjust": Kind.ADJUSTED,
    "expire": Kind.EXPIRED,
    "merge": Kind.MERGED,
}


def kind_of(entry: Entry) -> Kind:
    """By the type; a reversal that gives points back is a release.

    Source: guide for the types; our choice that the sign tells releases from reversals.
    """
    if entry.type == "reverse":
        return Kind.RELEASED if entry.points > 0 else Kind.REVERSED
    return _KINDS.get(entry.type, Kind.OTHER)


def entry_of(item: EntryLike) -> Entry:
    """The entry in any of its forms; InvalidRequestError for a row that cannot be read."""
    if isinstance(item, Entry):
        return item
    if isinstance(item, Transaction):
        at = item.created_at
        return Entry(item.id, item.account, item.type, item.amount, at, item.reason)
    if isinstance(item, PointsTransaction):
        account, points = item.loyalty_account_id, item.signed_amount
        return Entry(item.id, account, item.type, points, item.created, item.reason)
    return _entry_of_row(item)


def member_of(item: MemberLike) -> Member:
    """The member in any of its forms; InvalidRequestError for a row that cannot be read."""
    if isinstance(item, Member):
        return item
    if isinstance(item, Account):
        return Member(item.id, item.balance, item.status)
    if isinstance(item, LoyaltyAccount):
        return Member(item.id, item.points_balance)
    id = _id(item, "id")
    balance = _points(id, item, "points_balance" if "points_balance" in item else "balance")
    return Member(id, balance, _text(item.get("status")))


def _entry_of_row(row: Row) -> Entry:
    id = _id(row, "id")
    type = _text(row.get("type")) or ""
    points = _points(id, row, "amount")
    # the reference's amounts have no sign, the type is the sign
    signed = -points if type == "debit" else points
    at = _time(row.get("created_at")) or _time(row.get("created"))
    account = _id(row, "loyalty_account" if "loyalty_account" in row else "account")
    return Entry(id, account, type, signed, at, _text(row.get("reason")))


def _id(row: Row, name: str) -> str:
    value = row.get(name)
    if isinstance(value, Mapping):  # expanded
        value = cast("Row", value).get("id")
    if not isinstance(value, str) or not value:
        raise InvalidRequestError(f"a row has no {name}: {row!r:.200}", param=name)
    return value


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _points(id: str, row: Row, name: str) -> int:
    value = row.get(name)
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        return int(value)
    if isinstance(value, SupportsIndex) and not isinstance(value, bool):
        return value.__index__()
    raise InvalidRequestError(
        f"{name} of {id} is {value!r:.40}, which is no whole number of points", param=name
    )


def _time(value: object) -> datetime | None:
    if isinstance(value, datetime) and value != value:  # noqa: PLR0124  # NaT of pandas
        return None
    if isinstance(value, str) and _UNIX.fullmatch(value):
        value = int(value)
    return _TIME.validate_python(value)

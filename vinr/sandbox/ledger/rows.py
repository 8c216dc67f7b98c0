"""The rows of the ledger's tables, one type for each table that is read as a whole.

A ``key`` is an object's id without the prefix, which differs between the dialects: ``7Qk`` for
``loy_7Qk`` and ``la_7Qk``. Times are unix seconds on the sandbox's clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, NamedTuple

AccountStatus = Literal["active", "closed", "merged"]
TransactionType = Literal["earn", "redeem", "expire", "adjust", "reverse"]
RedemptionStatus = Literal["open", "fulfilled", "released"]

ColumnValues = tuple[Any, ...]
"""A row as sqlite3 returns it. Any: only the function that made the query knows the columns."""


class AccountRow(NamedTuple):
    """A member of one program."""

    key: str
    program: str
    customer: str | None
    status: AccountStatus
    balance: int
    lifetime_points: int
    tier_override: str | None
    """The id of the tier that was set by hand."""
    override_lifetime: int
    """The points that counted for the tier when it was set by hand."""
    created: int
    metadata: Mapping[str, str]


class TransactionRow(NamedTuple):
    """One entry of an account's history; it never changes."""

    key: str
    account: str
    type: TransactionType
    amount: int
    """Signed points: what the balance changed by."""
    points_after: int
    """The balance right after this transaction."""
    origin_type: str
    origin_id: str | None
    reason: str | None
    created: int
    metadata: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer of VINR's payments, to whom an account may belong."""

    id: str
    email: str
    name: str | None = None
    phone: str | None = None
    default_payment_method: str | None = None
    created: int = 0
    deleted: bool = False
    metadata: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A completed payment. Amounts are in units of currency."""

    id: str
    account: str | None
    """The member who earned; None where nobody did."""
    amount: Decimal
    points: int
    earned: str | None
    """The key of the transaction that posted the points."""
    refunded: Decimal
    reversed: int
    pending: int
    """Points that are not spendable yet, and not in the ledger yet."""


class LotRow(NamedTuple):
    """Points that were posted together and expire together: what is left of them."""

    seq: int
    transaction: str
    """The key of the transaction that posted them."""
    account: str
    points: int
    expires: int


class RedemptionRow(NamedTuple):
    """Points that were exchanged for a reward."""

    id: str
    account: str
    entry: str
    """The key of the transaction that took the points."""
    status: RedemptionStatus
    release: str | None
    """The key of the transaction that gave the points back."""
    parts: str
    """The lots that the points were taken from, as JSON."""
    reward: str | None
    """The reward's key; None for one that was simulated."""
    amount_off: int | None
    """Minor units of money."""
    currency: str | None
    code: str | None
    created: int
    customer: str | None
    """The customer of the account now."""
    points: int


class StoreCreditRow(NamedTuple):
    """Money that a customer can spend; amounts are in minor units."""

    key: str
    account: str | None
    """The key of the member that it was given to; None where it was given to a customer."""
    customer: str | None
    amount: int
    currency: str
    remaining: int
    """Without regard to the expiry."""
    reason: str | None
    expires: int | None
    created: int


class KeptAnswerRow(NamedTuple):
    """The first answer to an idempotency key, and the fingerprint of the request it answered."""

    fingerprint: bytes
    status: int
    body: bytes

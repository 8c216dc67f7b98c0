"""The objects of the API as types: ``render`` is checked against them, and the OpenAPI document
is generated from them. No other field is ever sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Generic, Literal, NotRequired, TypeVar

from pydantic import Field
from typing_extensions import TypedDict

from ..ledger.limits import MOST_POINTS
from ..ledger.rows import AccountStatus, TransactionType

T = TypeVar("T")

Points = Annotated[int, Field(ge=0, le=MOST_POINTS)]
UnixSeconds = Annotated[int, Field(ge=0)]
UtcTime = Annotated[
    str,
    Field(
        pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$",
        json_schema_extra={"format": "date-time"},
    ),
]
"""ISO 8601 in UTC, whole seconds: ``2026-01-01T00:00:00Z``."""
AccountId = Annotated[str, Field(pattern="^loy_[0-9A-Za-z]+$")]
LoyaltyAccountId = Annotated[str, Field(pattern="^la_[0-9A-Za-z]+$")]


class CustomerObject(TypedDict):
    """A customer, as ``expand`` shows it."""

    id: str
    email: str


class CustomerRecordObject(TypedDict):
    """A customer; what was known of a deleted one is null."""

    id: str
    object: Literal["customer"]
    email: str | None
    name: str | None
    phone: str | None
    default_payment_method: str | None
    metadata: Mapping[str, str]
    created: UnixSeconds


class DeletedCustomerObject(TypedDict):
    """The answer to a deletion."""

    id: str
    object: Literal["customer"]
    deleted: Literal[True]


class ExpandedTierObject(TypedDict):
    """A tier, as ``expand`` shows it in the reference's dialect."""

    id: str
    name: str
    min_points: Points


class ExpandedGuideTierObject(ExpandedTierObject):
    """A tier, as ``expand`` shows it in the guide's dialect, which knows tiers by their keys."""

    key: str


class AccountObject(TypedDict):
    """An account in the guide's dialect."""

    id: AccountId
    program: str
    customer: str | CustomerObject | None
    status: AccountStatus
    balance: Points
    lifetime_points: Points
    tier: str | ExpandedGuideTierObject | None
    """The tier's key, such as ``gold``.

    Source: VINR's guide.
    """
    metadata: Mapping[str, str]


class LoyaltyAccountObject(TypedDict):
    """An account in the reference's dialect."""

    id: LoyaltyAccountId
    customer: str | CustomerObject | None
    points_balance: Points
    tier: str | ExpandedTierObject | None
    """The tier's id, such as ``tier_gold``.

    Source: VINR's reference.
    """
    programme_id: str
    created: UnixSeconds


class OriginObject(TypedDict):
    """The payment, redemption, rule or request behind a transaction.

    Source: our choice.
    """

    type: str
    id: str | None


class TransactionObject(TypedDict):
    """A transaction in the guide's dialect: signed points."""

    id: Annotated[str, Field(pattern="^ptx_[0-9A-Za-z]+$")]
    account: AccountId
    type: TransactionType
    amount: Annotated[int, Field(ge=-MOST_POINTS, le=MOST_POINTS)]
    reason: str | None
    metadata: Mapping[str, str]
    origin: OriginObject
    created_at: UtcTime
    """Our choice: the guide prints no time."""


class PointsTransactionObject(TypedDict):
    """A transaction in the reference's dialect: the sign is in the type."""

    id: Annotated[str, Field(pattern="^pt_[0-9A-Za-z]+$")]
    loyalty_account: LoyaltyAccountId | LoyaltyAccountObject
    amount: Annotated[int, Field(ge=1, le=MOST_POINTS)]
    type: Literal["credit", "debit"]
    points_after: Points
    reason: str | None
    created: UnixSeconds


class EventData(TypedDict):
    """The object that an event is about, as it was then."""

    object: (
        AccountObject
        | LoyaltyAccountObject
        | TransactionObject
        | PointsTransactionObject
        | CustomerRecordObject
    )


class EventObject(TypedDict):
    """One thing that happened."""

    id: Annotated[str, Field(pattern="^evt_[0-9A-Za-z]+$")]
    type: str
    data: EventData
    created: UnixSeconds


class PageInfo(TypedDict):
    """Where a list goes on, and how long it is."""

    has_more: bool
    next_cursor: str | None
    total_estimate: Annotated[int, Field(ge=0)]


class GuidePage(TypedDict, Generic[T]):
    """The guide's list envelope."""

    object: Literal["list"]
    data: Sequence[T]
    page: PageInfo


class ReferencePage(TypedDict, Generic[T]):
    """The reference's list envelope."""

    object: Literal["list"]
    data: Sequence[T]
    has_more: bool


class ErrorDetails(TypedDict):
    """What was refused, and why. Branch on ``code``, never on ``message``."""

    type: str
    code: str
    message: str
    param: NotRequired[str]
    resource: NotRequired[str]
    request_id: Annotated[str, Field(pattern="^req_[0-9A-Za-z]+$")]


class ErrorObject(TypedDict):
    """The body of every refusal."""

    error: ErrorDetails

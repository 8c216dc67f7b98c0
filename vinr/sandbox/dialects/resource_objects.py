"""The objects beside members and their ledger, as types; see ``objects``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from ..ledger.earning_rules import AwardType
from ..ledger.rewards import RewardType
from ..ledger.webhook_endpoints import EndpointStatus
from .objects import AccountId, Points, UnixSeconds, UtcTime

MinorUnits = Annotated[int, Field(ge=0)]
RewardId = Annotated[str, Field(pattern="^rwd_[0-9A-Za-z]+$")]


class CurrencyObject(TypedDict):
    """What a program calls its points, and what one is worth."""

    name: str
    pointValue: float
    rounding: Literal["down", "nearest", "up"]
    decimals: int


class TierPeriodObject(TypedDict):
    """The time whose points count for a tier."""

    type: Literal["rolling", "fixed"]
    months: int


class TierOfProgramObject(TypedDict):
    """A tier within its program."""

    name: str
    rank: int
    threshold: Points


class TierConfigObject(TypedDict):
    """How members climb."""

    qualifyOn: Literal["spend", "points", "custom"]
    period: TierPeriodObject | None
    tiers: Sequence[TierOfProgramObject]


class ProgramObject(TypedDict):
    """A program, which the guide's dialect alone has."""

    id: str
    object: Literal["program"]
    name: str
    currency: CurrencyObject
    expiryMonths: int | None
    tierConfig: TierConfigObject


class TierObject(TypedDict):
    """A tier, in the reference's dialect."""

    id: str
    object: Literal["tier"]
    name: str
    min_points: Points
    benefits: Sequence[str]
    program: str


class GuideRewardObject(TypedDict):
    """A reward in the guide's dialect."""

    id: RewardId
    object: Literal["reward"]
    program: str
    name: str
    type: RewardType
    cost: Points
    value: Mapping[str, object] | None
    active: bool
    createdAt: UtcTime


class RewardObject(TypedDict):
    """A reward in the reference's dialect."""

    id: RewardId
    object: Literal["reward"]
    name: str
    points_cost: Points
    type: Literal["discount", "item"]
    value: int | float | str | None
    active: bool
    program: str
    created: UnixSeconds


class DiscountObject(TypedDict):
    """What a redemption takes off a payment."""

    amount: MinorUnits | None
    currency: str | None
    code: str


class GuideRedemptionObject(TypedDict):
    """A redemption in the guide's dialect; one that was simulated has no reward and no code."""

    id: str
    object: Literal["redemption"]
    account: AccountId
    reward: RewardId | None
    points: Points
    status: Literal["pending", "applied", "released"]
    discount: DiscountObject | None
    transaction: Annotated[str, Field(pattern="^ptx_[0-9A-Za-z]+$")]
    createdAt: UtcTime


class RedemptionObject(TypedDict):
    """A redemption in the reference's dialect."""

    id: str
    object: Literal["redemption"]
    customer: str | None
    redeemable_id: RewardId | None
    redeemable_type: Literal["reward"]
    amount_off: MinorUnits | None
    redeemed_at: UnixSeconds


class AwardObject(TypedDict):
    """How many points an earning rule gives."""

    type: AwardType
    per: NotRequired[int]
    points: Points


class GuideEarningRuleObject(TypedDict):
    """An earning rule in the guide's dialect."""

    id: Annotated[str, Field(pattern="^rule_[0-9A-Za-z]+$")]
    object: Literal["earning_rule"]
    program: str
    trigger: str
    award: AwardObject
    active: bool
    createdAt: UtcTime


class EarningRuleObject(TypedDict):
    """An earning rule in the reference's dialect."""

    id: Annotated[str, Field(pattern="^er_[0-9A-Za-z]+$")]
    object: Literal["earning_rule"]
    name: str | None
    event: str
    points_per_unit: Points
    unit_value: int | None
    active: bool
    created: UnixSeconds


class CreditEntryObject(TypedDict):
    """Store credit that was issued to a member, in the guide's dialect."""

    id: Annotated[str, Field(pattern="^ptx_[0-9A-Za-z]+$")]
    object: Literal["credit"]
    type: Literal["credit"]
    account: AccountId
    amount: MinorUnits
    currency: str
    reason: str | None
    walletBalance: MinorUnits
    expiresAt: UtcTime | None
    createdAt: UtcTime


class StoreCreditObject(TypedDict):
    """Store credit, in the reference's dialect."""

    id: Annotated[str, Field(pattern="^sc_[0-9A-Za-z]+$")]
    object: Literal["store_credit"]
    customer: str | None
    amount: MinorUnits
    currency: str
    balance_remaining: MinorUnits
    reason: str | None
    expires_at: UnixSeconds | None
    created: UnixSeconds


class WebhookEndpointObject(TypedDict):
    """An address that events are sent to; its secret is in the answer to ``create`` alone."""

    id: Annotated[str, Field(pattern="^we_[0-9A-Za-z]+$")]
    object: Literal["webhook_endpoint"]
    url: str
    enabled_events: Sequence[str]
    status: EndpointStatus
    created: UnixSeconds
    secret: NotRequired[str]


class DeletedWebhookEndpointObject(TypedDict):
    """The answer to a deletion."""

    id: str
    object: Literal["webhook_endpoint"]
    deleted: Literal[True]


class AnalyticsSummaryObject(TypedDict):
    """How a program did over a period."""

    object: Literal["analytics_summary"]
    program: str
    enrollment: int
    activeMembers: int
    pointsLiability: float
    redemptionRate: float

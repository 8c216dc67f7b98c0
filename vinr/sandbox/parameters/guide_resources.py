"""The parameters of the guide's resources beside members and their ledger."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from ..ledger.earning_rules import MINOR_UNITS, AwardType
from ..ledger.limits import MOST_POINTS
from ..ledger.rewards import RewardType
from ..programs import Identifier
from .base import Limit, ListParameters, Parameters, Points
from .guide import DEFAULT_LIMIT

Name = Annotated[str, Field(min_length=1, max_length=255)]
Months = Annotated[int, Field(ge=1, le=1200)]
Amount = Annotated[int, Field(ge=1, le=MOST_POINTS)]
CurrencyCode = Annotated[str, StringConstraints(pattern="^[A-Za-z]{3}$")]
EventType = Annotated[str, StringConstraints(pattern=r"^[a-z_]+(\.[a-z_]+)*$", max_length=255)]


def _utc(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise PydanticCustomError("time", "A time is in ISO 8601, such as 2026-01-31T00:00:00Z")
    return at.astimezone(UTC)


UtcTime = Annotated[
    datetime,
    BeforeValidator(_utc),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]


class CurrencyFields(Parameters):
    """What a program calls its points, and what one is worth."""

    name: Name = "Points"
    point_value: Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)] = Field(
        1, alias="pointValue"
    )
    rounding: Literal["down", "nearest", "up"] = "down"
    decimals: Annotated[int, Field(ge=0, le=6)] = 0


class TierPeriodFields(Parameters):
    """Over which time points count for a tier."""

    type: Literal["rolling", "fixed"]
    months: Months


class TierFields(Parameters):
    """A tier within a program."""

    name: Name
    rank: Annotated[int, Field(ge=0, le=1000)] | None = None
    threshold: Annotated[int, Field(ge=0, le=MOST_POINTS)] = 0


class TierConfigFields(Parameters):
    """How members climb."""

    qualify_on: Literal["spend", "points", "custom"] = Field("points", alias="qualifyOn")
    period: TierPeriodFields | None = None
    tiers: list[TierFields] = Field(default_factory=list[TierFields], max_length=100)


class UpdateProgram(Parameters):
    """``loyalty.programs.update``; null for ``expiryMonths``: points never expire."""

    name: Name | None = None
    currency: CurrencyFields | None = None
    expiry_months: Months | None = Field(None, alias="expiryMonths")
    tier_config: TierConfigFields | None = Field(None, alias="tierConfig")


class CreateProgram(Parameters):
    """``loyalty.programs.create``."""

    name: Name
    currency: CurrencyFields | None = None
    expiry_months: Months | None = Field(None, alias="expiryMonths")
    tier_config: TierConfigFields | None = Field(None, alias="tierConfig")


class ListPrograms(ListParameters):
    """``loyalty.programs.list``."""

    limit: Limit = DEFAULT_LIMIT


RewardValue = Annotated[dict[str, Any], Field(max_length=50)]


class CreateReward(Parameters):
    """``loyalty.rewards.create``."""

    program: Identifier
    name: Name
    type: RewardType
    cost: Points
    value: RewardValue | None = None
    active: bool | None = None

    def fields(self) -> Mapping[str, object]:
        """The reward, without its program."""
        return self.given("program")


class UpdateReward(Parameters):
    """``loyalty.rewards.update``."""

    name: Name | None = None
    type: RewardType | None = None
    cost: Points | None = None
    value: RewardValue | None = None
    active: bool | None = None

    def fields(self) -> Mapping[str, object]:
        """What was given."""
        return self.given()


class ListOfProgram(ListParameters):
    """A list that can be one program's alone."""

    limit: Limit = DEFAULT_LIMIT
    program: Identifier | None = None


class CreateRedemption(Parameters):
    """``loyalty.redemptions.create``."""

    account: Identifier
    reward: Identifier


class ListRedemptions(ListParameters):
    """``loyalty.redemptions.list``: filters by account."""

    limit: Limit = DEFAULT_LIMIT
    account: Identifier | None = None


class AwardFields(Parameters):
    """How many points a rule gives."""

    type: AwardType
    per: Annotated[int, Field(ge=1, le=MOST_POINTS)] | None = None
    points: Points

    def fields(self) -> Mapping[str, object]:
        """The award, with the usual ``per`` where none was given: one unit of currency."""
        usual = MINOR_UNITS if self.type == "per_amount" else 1
        return {"type": self.type, "per": self.per or usual, "points": self.points}


class CreateEarningRule(Parameters):
    """``loyalty.earning_rules.create``."""

    program: Identifier
    trigger: EventType
    award: AwardFields
    active: bool | None = None

    def fields(self) -> Mapping[str, object]:
        """The rule, without its program."""
        return {**self.given("program", "award"), **self.award.fields()}


class UpdateEarningRule(Parameters):
    """``loyalty.earning_rules.update``; ``award`` takes the place of the whole award."""

    trigger: EventType | None = None
    award: AwardFields | None = None
    active: bool | None = None

    def fields(self) -> Mapping[str, object]:
        """What was given."""
        return {**self.given("award"), **(self.award.fields() if self.award else {})}


class IssueCredit(Parameters):
    """``loyalty.credit.issue``: ``amount`` in minor units."""

    account: Identifier
    amount: Amount
    currency: CurrencyCode
    reason: str | None = None
    expires_at: UtcTime | None = Field(None, alias="expiresAt")


class Period(Parameters):
    """From ``gte`` on, before ``lt``: ISO 8601."""

    gte: UtcTime | None = None
    lt: UtcTime | None = None


class Summary(Parameters):
    """``loyalty.analytics.summary``."""

    program: Identifier
    period: Period = Period()

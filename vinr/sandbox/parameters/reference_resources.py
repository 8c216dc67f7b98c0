"""The parameters of the reference's resources beside members and their ledger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from ..ledger.earning_rules import MINOR_UNITS, PAYMENT_COMPLETED
from ..ledger.limits import MOST_POINTS
from ..ledger.webhook_endpoints import EndpointStatus
from ..programs import Identifier
from .base import Limit, ListParameters, Parameters, PointsInText, integer_from_text
from .guide_resources import CurrencyCode, EventType, Name
from .reference import DEFAULT_LIMIT

_TEXTS: Final = {"true": True, "false": False}


def _boolean_from_text(value: object) -> object:
    return _TEXTS.get(value, value) if isinstance(value, str) else value


Switch = Annotated[bool, BeforeValidator(_boolean_from_text)]
Amount = Annotated[int, Field(ge=1, le=MOST_POINTS), BeforeValidator(integer_from_text)]
Threshold = Annotated[int, Field(ge=0, le=MOST_POINTS), BeforeValidator(integer_from_text)]
FutureSeconds = Annotated[int, Field(ge=0, le=253402300799), BeforeValidator(integer_from_text)]
"""Unix seconds, up to the year 9999."""
NumberOrText = Annotated[
    int | Annotated[str, Field(max_length=255)],
    BeforeValidator(integer_from_text),
    WithJsonSchema({"type": "string", "maxLength": 255}),
]
RewardKind = Literal["discount", "item"]
Benefits = Annotated[list[Name], Field(max_length=50)]
Address = Annotated[str, Field(pattern="^https?://[!-~]+$", max_length=2048)]
EventOrAll = Annotated[str, Field(pattern=r"^(\*|[a-z_]+(\.[a-z_]+)*)$", max_length=255)]
EnabledEvents = Annotated[list[EventOrAll], Field(min_length=1, max_length=100)]


class CreateTier(Parameters):
    """``tiers.create``; without a program it is the default one."""

    name: Name
    min_points: Threshold
    benefits: Benefits | None = None
    program: Identifier | None = None

    def fields(self) -> Mapping[str, object]:
        """The tier, without its program."""
        return self.given("program")


class UpdateTier(Parameters):
    """``tiers.update``; ``benefits`` take the place of all of them."""

    name: Name | None = None
    min_points: Threshold | None = None
    benefits: Benefits | None = None

    def fields(self) -> Mapping[str, object]:
        """What was given."""
        return self.given()


class CreateReward(Parameters):
    """``rewards.create``; without a program it is the default one."""

    name: Name
    points_cost: PointsInText
    type: RewardKind
    value: NumberOrText | None = None
    active: Switch | None = None
    program: Identifier | None = None

    def fields(self) -> Mapping[str, object]:
        """The reward without its program, by the ledger's names."""
        return _reward_fields(self)


class UpdateReward(Parameters):
    """``rewards.update``."""

    name: Name | None = None
    points_cost: PointsInText | None = None
    type: RewardKind | None = None
    value: NumberOrText | None = None
    active: Switch | None = None

    def fields(self) -> Mapping[str, object]:
        """What was given, by the ledger's names."""
        return _reward_fields(self)


def _reward_fields(parameters: CreateReward | UpdateReward) -> Mapping[str, object]:
    fields = parameters.given("points_cost", "type", "value", "program")
    if parameters.points_cost is not None:
        fields["cost"] = parameters.points_cost
    if parameters.type is not None:
        fields["type"] = "discount_amount" if parameters.type == "discount" else "free_product"
    if parameters.value is not None:
        of_money = isinstance(parameters.value, int)
        fields["value"] = {"amount" if of_money else "description": parameters.value}
    return fields


class PlainList(ListParameters):
    """A list without filters."""

    limit: Limit = DEFAULT_LIMIT


class ListOfCustomer(ListParameters):
    """A list that can be one customer's alone."""

    limit: Limit = DEFAULT_LIMIT
    customer: Identifier | None = None


class CreateRedemption(Parameters):
    """``redemptions.create``; the sandbox has rewards alone, no coupons and no offers."""

    customer: Identifier
    redeemable_id: Identifier
    redeemable_type: Literal["coupon", "reward", "offer"]


class CreateEarningRule(Parameters):
    """``earning_rules.create``; ``unit_value`` is in minor units of money."""

    name: Name
    event: EventType
    points_per_unit: PointsInText
    unit_value: Amount | None = None
    active: Switch | None = None

    def fields(self) -> Mapping[str, object]:
        """The rule, by the ledger's names; for payments the usual unit is one of the currency."""
        by_amount = self.event == PAYMENT_COMPLETED
        usual = {"type": "per_amount" if by_amount else "fixed", "per": MINOR_UNITS}
        return {**usual, **_rule_fields(self)}


class UpdateEarningRule(Parameters):
    """``earning_rules.update``."""

    name: Name | None = None
    event: EventType | None = None
    points_per_unit: PointsInText | None = None
    unit_value: Amount | None = None
    active: Switch | None = None

    def fields(self) -> Mapping[str, object]:
        """What was given, by the ledger's names."""
        return _rule_fields(self)


def _rule_fields(parameters: CreateEarningRule | UpdateEarningRule) -> Mapping[str, object]:
    fields = parameters.given("event", "points_per_unit", "unit_value")
    if parameters.event is not None:
        fields["trigger"] = parameters.event
    if parameters.points_per_unit is not None:
        fields["points"] = parameters.points_per_unit
    if parameters.unit_value is not None:
        fields |= {"type": "per_amount", "per": parameters.unit_value}
    return fields


class CreateStoreCredit(Parameters):
    """``store_credit.create``: ``amount`` in minor units, ``expires_at`` in unix seconds."""

    customer: Identifier
    amount: Amount
    currency: CurrencyCode
    reason: str | None = None
    expires_at: FutureSeconds | None = None


class CreateWebhookEndpoint(Parameters):
    """``webhook_endpoints.create``."""

    url: Address
    enabled_events: EnabledEvents
    status: EndpointStatus = "enabled"


class UpdateWebhookEndpoint(Parameters):
    """``webhook_endpoints.update``; ``enabled_events`` take the place of all of them."""

    url: Address | None = None
    enabled_events: EnabledEvents | None = None
    status: EndpointStatus | None = None

"""A loyalty program: its tiers, its rules, and the tier that points earn."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
    with_config,
)
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from .._keywords import names_near_keywords

Identifier = Annotated[str, StringConstraints(pattern=r"^[!-~]{1,255}$")]
"""An id: 1–255 printable ASCII characters without a space."""

Points = Annotated[int, Field(strict=True, ge=0, le=2**63 - 1)]

_RATE: Final = r"^[0-9]{1,6}(\.[0-9]{1,6})?$"


def _exact(value: object) -> object:
    inexact = isinstance(value, (bool, float))
    if inexact or (isinstance(value, str) and not re.match(_RATE, value, re.ASCII)):
        raise PydanticCustomError("rate", "A rate is a whole number, or a decimal in a string")
    return value


_Rate = Annotated[
    Annotated[Decimal, Field(gt=0, le=1_000_000, max_digits=12, decimal_places=6)]
    | Annotated[int, Field(gt=0, le=1_000_000)],
    BeforeValidator(_exact),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 1, "maximum": 1_000_000},
                {"type": "string", "pattern": _RATE, "not": {"pattern": "^[0.]+$"}},
            ]
        }
    ),
]

_Flag = Annotated[bool, Field(strict=True)]


@names_near_keywords
class _Definition(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid")
    """Pydantic's settings: frozen, and unknown names are refused."""


_TIER_PREFIX: Final = "tier_"


def _default_key(fields: Mapping[str, Any]) -> str:
    id: str = fields.get("id", "")  # which is missing where it is wrong
    return id.removeprefix(_TIER_PREFIX) or id


class Tier(_Definition):
    """A level of a program, reached with ``min_points`` lifetime points, or points of a period.

    The guide's dialect names a tier by its ``key``, such as ``gold``, the reference's by its
    ``id``, such as ``tier_gold``. Without a key it is the id without ``tier_``. ``benefits`` and
    ``rank`` are shown and change nothing; where a program qualifies by spending, ``min_points`` is
    in units of currency.
    """

    id: Identifier
    """What the reference's dialect names it by, such as ``tier_gold``."""
    key: Identifier = Field(default_factory=_default_key)
    """What the guide's dialect names it by, such as ``gold``; by default the id without
    ``tier_``."""
    name: Annotated[str, Field(min_length=1)]
    """The name that members see."""
    min_points: Points = 0
    """Points from which a member belongs to it."""
    benefits: Sequence[str] = ()
    """What its members have, in your words."""
    rank: Annotated[int, Field(strict=True, ge=0, le=1000)] | None = None
    """Its place among the program's tiers; None: not said."""


def _with_distinct_keys(tiers: Sequence[Tier]) -> tuple[Tier, ...]:
    # a default key gives way where it is another tier's id: of "gold" and "tier_gold"
    ids = {tier.id for tier in tiers}
    return tuple(
        tier.model_copy(update={"key": tier.id})
        if "key" not in tier.model_fields_set and tier.key != tier.id and tier.key in ids
        else tier
        for tier in tiers
    )


@with_config(ConfigDict(extra="forbid"))
class TierPeriod(TypedDict):
    """The time whose points count for a tier.

    ``rolling``: the last ``months`` months at any moment. ``fixed``: the current one of periods of
    so many calendar months in UTC, such as the calendar year for 12.
    """

    type: Literal["rolling", "fixed"]
    """``rolling`` or ``fixed``."""
    months: Annotated[int, Field(strict=True, gt=0, le=1200)]
    """How long it is, 1 to 1200."""


class Currency(_Definition):
    """What a program calls its points, and what one is worth.

    ``point_value`` is in minor units of money; ``rounding`` is that of points that are earned.
    """

    name: Annotated[str, Field(min_length=1)] = "Points"
    """What points are called."""
    point_value: Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)] = 1
    """Of one point, in minor units of money."""
    rounding: Literal["down", "nearest", "up"] = "down"
    """Of points that are earned."""
    decimals: Annotated[int, Field(strict=True, ge=0, le=6)] = 0
    """With how many decimals points are shown; they are counted as whole numbers."""

    def rounded(self, points: Fraction) -> int:
        """Whole points, by the currency's rule; a half is rounded up."""
        if self.rounding == "down":
            return math.floor(points)
        if self.rounding == "up":
            return math.ceil(points)
        return math.floor(points + Fraction(1, 2))


class Program(_Definition):
    """A loyalty program and its rules.

    ``points_per_unit`` points are earned by each unit of currency, truncated towards zero.
    ``welcome_bonus`` points are given to each new member and show on the next read.
    ``auto_enrollment`` makes a customer a member at the first payment.
    ``tier_period``, such as ``{"type": "rolling", "months": 12}``, limits the points that count for
    a tier, so that members can go down; without one they are the lifetime points.
    Points expire ``expiry_months`` after they were posted; None: never.
    The points of a payment are posted, and so spendable, ``pending_days`` after it.
    ``default`` marks the program of requests that name none; else it is the first one added.
    ``qualify_on`` is what counts for a tier: points; what was spent on payments that earned, in
    whole units of currency; or ``custom``, nothing: tiers are set by hand.
    Earning rules, where a program has any for payments, take the place of ``points_per_unit``.
    """

    id: Identifier
    """``prog_…``."""
    name: Annotated[str, Field(min_length=1)]
    """Its name."""
    tiers: Annotated[Sequence[Tier], AfterValidator(_with_distinct_keys)] = ()
    """In any order; of two, members are in the one with more ``min_points``."""
    tier_period: TierPeriod | None = None
    """Limits the points that count for a tier, such as ``{"type": "rolling", "months": 12}``, so
    that members can go down; without one they are the lifetime points."""
    qualify_on: Literal["points", "spend", "custom"] = "points"
    """What counts for a tier."""
    currency: Currency = Currency()
    """What its points are called and worth."""
    welcome_bonus: Points = 0
    """Points given to each new member; they show on the next read."""
    auto_enrollment: _Flag = False
    """Whether a customer becomes a member at the first payment."""
    points_per_unit: _Rate = 1
    """Points earned by each unit of currency, truncated towards zero."""
    expiry_months: Annotated[int, Field(strict=True, gt=0, le=1200)] | None = None
    """Months after which points expire; None: never."""
    pending_days: Annotated[int, Field(strict=True, ge=0, le=3650)] = 0
    """Days after a payment until its points are posted, and so spendable."""
    default: _Flag = False
    """Marks the program of requests that name none; else it is the first one added."""

    @model_validator(mode="after")
    def _tiers_differ(self) -> Program:
        names = [
            [tier.name.casefold() for tier in self.tiers],
            [name for tier in self.tiers for name in {tier.id, tier.key}],
        ]
        if any(len(set(each)) != len(each) for each in names):
            raise ValueError("two tiers of a program share an id, a key or a name")
        return self

    def tier(self, tier_id: str) -> Tier | None:
        """The tier with this id."""
        return next((tier for tier in self.tiers if tier.id == tier_id), None)

    def tier_named(self, text: str) -> Tier | None:
        """The tier with this key or id, else with this name in any case (``gold``, ``Gold``)."""
        name = text.casefold()
        exact = (tier for tier in self.tiers if text in (tier.key, tier.id))
        named = (tier for tier in self.tiers if tier.name.casefold() == name)
        return next(exact, None) or next(named, None)

    def tier_at(self, points: int) -> Tier | None:
        """The highest tier that so many points reach."""
        reached = [tier for tier in self.tiers if tier.min_points <= points]
        return max(reached, key=lambda tier: tier.min_points, default=None)

    def tier_with_override(
        self, points: int, override: str | None, override_points: int
    ) -> Tier | None:
        """The tier of a member with so many points whose tier was set by hand to ``override``.

        It was set at ``override_points`` points, and holds until points earn a tier above both
        it and the tier that points had earned then. So a member who was moved down stays down
        until promoted.
        """
        earned = self.tier_at(points)
        set_by_hand = self.tier(override) if override else None
        if set_by_hand is None or earned is None:
            return set_by_hand or earned
        earned_then = self.tier_at(override_points)
        to_beat = max(set_by_hand.min_points, earned_then.min_points if earned_then else 0)
        return earned if earned.min_points > to_beat else set_by_hand


def check_distinct(programs: Sequence[Program]) -> None:
    """Raises ValueError where two programs have the same id, or both are the default."""
    ids = [program.id for program in programs]
    twice = next((id for id in ids if ids.count(id) > 1), None)
    if twice is not None:
        raise ValueError(f"two programs have the id {twice!r}")
    defaults = [program.id for program in programs if program.default]
    if len(defaults) > 1:
        raise ValueError(f"one program at most is the default, not {' and '.join(defaults)}")


DEFAULT_PROGRAM: Final = Program(
    id="prog_default",
    name="Default program",
    tiers=(
        Tier(id="tier_bronze", name="Bronze", min_points=0),
        Tier(id="tier_silver", name="Silver", min_points=1000),
        Tier(id="tier_gold", name="Gold", min_points=5000),
    ),
    default=True,
)
"""The program of a sandbox that is made without one (tiers as in the reference's examples)."""

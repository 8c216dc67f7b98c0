"""A loyalty program: ``prog_…``."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from .camel_case import CamelCaseModel
from .lenient import AnyText, OrNone, TimeOrNone
from .model import ObjectId
from .optional import NumberOrNone, TextOrNone, WholeNumberOrNone

Rounding: TypeAlias = Annotated[Literal["down", "nearest", "up"] | str, AnyText]
"""Open: VINR may add others."""
QualifyOn: TypeAlias = Annotated[Literal["spend", "points", "custom"] | str, AnyText]
"""Open: VINR may add others."""


class Currency(CamelCaseModel):
    """What a program calls its points, and what one is worth.

    Attributes:
        name: Such as ``Stars``.
        point_value: Of one point, in minor units of money.
        rounding: Of points that are earned: ``down``, ``nearest`` or ``up``.
        decimals: With how many decimals points are shown; they are counted as whole numbers.

    Source: VINR's guide; the unit of ``point_value`` is inferred.
    """

    name: TextOrNone = None
    """Such as ``Stars``."""
    point_value: NumberOrNone = None
    """Of one point, in minor units of money."""
    rounding: Annotated[Rounding | None, OrNone] = None
    """Of points that are earned: ``down``, ``nearest`` or ``up``."""
    decimals: WholeNumberOrNone = None
    """With how many decimals points are shown; they are counted as whole numbers."""


class TierPeriod(CamelCaseModel):
    """Over which time a member's points or spending count for a tier.

    Attributes:
        type: Such as ``rolling`` or ``fixed``.
        months: How long it is.

    Source: VINR's guide.
    """

    type: TextOrNone = None
    """Such as ``rolling`` or ``fixed``."""
    months: WholeNumberOrNone = None
    """How long it is."""


class ProgramTier(CamelCaseModel):
    """A tier within a program.

    Attributes:
        name: The name that members see.
        rank: Its place among the program's tiers.
        threshold: From how much on a member belongs to it: points, or minor units of money.

    Source: VINR's guide.
    """

    name: TextOrNone = None
    """The name that members see."""
    rank: WholeNumberOrNone = None
    """Its place among the program's tiers."""
    threshold: WholeNumberOrNone = None
    """From how much on a member belongs to it: points, or minor units of money."""


class TierConfig(CamelCaseModel):
    """How members climb.

    Attributes:
        qualify_on: What counts: ``spend``, ``points`` or ``custom``.
        period: Over which time it counts; None where it counts for good.
        tiers: The program's tiers.

    Source: VINR's guide.
    """

    qualify_on: Annotated[QualifyOn | None, OrNone] = None
    """What counts: ``spend``, ``points`` or ``custom``."""
    period: Annotated[TierPeriod | None, OrNone] = None
    """Over which time it counts; None where it counts for good."""
    tiers: Annotated[list[ProgramTier] | None, OrNone] = None
    """The program's tiers."""


class Program(CamelCaseModel):
    """A loyalty program: the rules that its members have in common.

    Attributes:
        id: ``prog_…``.
        name: Its name.
        currency: What its points are called, and what one is worth.
        expiry_months: After how many months points expire; None where they never do.
        tier_config: How members climb.
        created_at: When it was made, UTC, where VINR says so.

    Every field but ``id`` is None where the answer does not have it.

    Source: VINR's guide; ``created_at`` is inferred.
    """

    id: ObjectId
    """``prog_…``."""
    name: TextOrNone = None
    """Its name."""
    currency: Annotated[Currency | None, OrNone] = None
    """What its points are called, and what one is worth."""
    expiry_months: WholeNumberOrNone = None
    """After how many months points expire; None where they never do."""
    tier_config: Annotated[TierConfig | None, OrNone] = None
    """How members climb."""
    created_at: TimeOrNone = None
    """When it was made, UTC, where VINR says so."""

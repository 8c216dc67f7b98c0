"""The guide's programs: what can be asked of ``/v1/loyalty/programs``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypedDict

from .._models.envelope import Envelope
from .._models.program import Program
from . import value_checks
from .collection import Collection
from .value_checks import ListOf, ObjectOf


class CurrencyOfProgram(TypedDict, total=False):
    """What a program calls its points, and what one is worth."""

    name: str
    """Such as ``Stars``."""
    point_value: float
    """Of one point, in minor units of money."""
    rounding: str
    """Of points that are earned: ``down``, ``nearest`` or ``up``."""
    decimals: int
    """With how many decimals points are shown; they are counted as whole numbers."""


class QualifyingPeriod(TypedDict, total=False):
    """Over which time a member's points count for a tier."""

    type: str
    """Such as ``rolling`` or ``fixed``."""
    months: int
    """How long it is."""


class TierOfProgram(TypedDict, total=False):
    """A tier within a program."""

    name: str
    """The name that members see."""
    rank: int
    """Its place among the program's tiers, the lowest first."""
    threshold: int
    """From how much on a member belongs to it."""


class TierRules(TypedDict, total=False):
    """How members climb."""

    qualify_on: str
    """``spend``, ``points`` or ``custom``."""
    period: QualifyingPeriod
    """Over which time it counts; for good if left out."""
    tiers: Sequence[TierOfProgram]
    """The program's tiers."""


PROGRAMS: Final[Collection[Program]] = Collection(
    name="loyalty.programs",
    path="/loyalty/programs",
    model=Program,
    page=Envelope[Program],
    encoding="json",
    parameters={
        "name": value_checks.name,
        "currency": ObjectOf(
            {
                "name": value_checks.name,
                "point_value": value_checks.number,
                "rounding": value_checks.word_like("down", "nearest", "up"),
                "decimals": value_checks.whole_number,
            }
        ),
        "expiry_months": value_checks.whole_number,
        "tier_config": ObjectOf(
            {
                "qualify_on": value_checks.word_like("points", "spend", "custom"),
                "period": ObjectOf(
                    {
                        "type": value_checks.word_like("rolling", "fixed"),
                        "months": value_checks.whole_number,
                    }
                ),
                "tiers": ListOf(
                    ObjectOf(
                        {
                            "name": value_checks.name,
                            "rank": value_checks.whole_number,
                            "threshold": value_checks.whole_number,
                        }
                    )
                ),
            }
        ),
    },
    required=("name",),
)

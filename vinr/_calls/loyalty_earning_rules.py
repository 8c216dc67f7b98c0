"""The guide's earning rules: what can be asked of ``/v1/loyalty/earning-rules``."""

from __future__ import annotations

from typing import Final, TypedDict

from .._models.envelope import Envelope
from .._models.loyalty_earning_rule import EarningRule
from . import checks, value_checks
from .collection import Collection
from .value_checks import ObjectOf


class AwardOfRule(TypedDict, total=False):
    """How many points a rule gives."""

    type: str
    """``per_amount``, ``fixed`` or ``per_currency``."""
    per: int
    """For how much of what is counted, such as minor units of money."""
    points: int
    """So many."""


LOYALTY_EARNING_RULES: Final[Collection[EarningRule]] = Collection(
    name="loyalty.earning_rules",
    path="/loyalty/earning-rules",
    model=EarningRule,
    page=Envelope[EarningRule],
    encoding="json",
    parameters={
        "program": checks.object_id,
        "trigger": checks.event_type,
        "award": ObjectOf(
            {
                "type": value_checks.word_like("per_amount", "fixed", "per_currency"),
                "per": value_checks.whole_number,
                "points": value_checks.whole_number,
            }
        ),
        "active": value_checks.switch,
    },
    required=("program", "trigger", "award"),
)

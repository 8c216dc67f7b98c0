"""How a program does, in four figures."""

from __future__ import annotations

from .camel_case import CamelCaseModel
from .optional import NumberOrNone, WholeNumberOrNone


class AnalyticsSummary(CamelCaseModel):
    """How a program did over a period.

    Attributes:
        enrollment: How many members it has.
        active_members: How many of them did something in the last 90 days.
        points_liability: What all points that can be spent are worth, in minor units of money.
        redemption_rate: Which part of the points was redeemed, as VINR counts it.

    Every field is None where the answer does not have it.

    Source: VINR's guide; what exactly ``enrollment`` and ``redemption_rate`` count is inferred.
    """

    enrollment: WholeNumberOrNone = None
    """How many members it has."""
    active_members: WholeNumberOrNone = None
    """How many of them did something in the last 90 days."""
    points_liability: NumberOrNone = None
    """What all points that can be spent are worth, in minor units of money."""
    redemption_rate: NumberOrNone = None
    """Which part of the points was redeemed, as VINR counts it."""

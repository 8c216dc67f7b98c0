"""What gives points, as the reference shows it: ``er_…``."""

from __future__ import annotations

from .lenient import TimeOrNone
from .model import Model, ObjectId
from .optional import NumberOrNone, PointsOrNone, SwitchOrNone, TextOrNone


class EarningRule(Model):
    """How many points something that happened gives.

    Attributes:
        id: ``er_…``.
        name: The name that you gave it.
        event: What gives points, such as ``payment.completed``.
        points_per_unit: Points for each unit.
        unit_value: How much is one unit, such as minor units of money.
        active: Whether it gives points now.
        created: When it was made, UTC.

    Every field but ``id`` is None where the answer does not have it.

    Source: VINR's reference.
    """

    id: ObjectId
    """``er_…``."""
    name: TextOrNone = None
    """The name that you gave it."""
    event: TextOrNone = None
    """What gives points, such as ``payment.completed``."""
    points_per_unit: PointsOrNone = None
    """Points for each unit."""
    unit_value: NumberOrNone = None
    """How much is one unit, such as minor units of money."""
    active: SwitchOrNone = None
    """Whether it gives points now."""
    created: TimeOrNone = None
    """When it was made, UTC."""

"""What points buy, as the reference shows it: ``rwd_…``."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from .lenient import AnyText, OrNone, TimeOrNone
from .model import Model, ObjectId, OpenValue
from .optional import IdOrNone, PointsOrNone, SwitchOrNone, TextOrNone

RewardType: TypeAlias = Annotated[Literal["discount", "item"] | str, AnyText]
"""Open: VINR may add others."""


class Reward(Model):
    """Something that a member can have for points.

    Attributes:
        id: ``rwd_…``.
        name: The name that members see.
        points_cost: What it costs, in points.
        type: ``discount`` or ``item``; VINR may add others.
        value: What it is worth, as VINR puts it: the reference does not say in which form.
        active: Whether it can be redeemed now.
        program: The program's id, ``prog_…``, where VINR says so.
        created: When it was made, UTC, where VINR says so.

    Every field but ``id`` is None where the answer does not have it.

    Source: VINR's reference; ``program`` and ``created`` are inferred.
    """

    id: ObjectId
    """``rwd_…``."""
    name: TextOrNone = None
    """The name that members see."""
    points_cost: PointsOrNone = None
    """What it costs, in points."""
    type: Annotated[RewardType | None, OrNone] = None
    """``discount`` or ``item``; VINR may add others."""
    value: OpenValue = None
    """What it is worth, as VINR puts it: the reference does not say in which form."""
    active: SwitchOrNone = None
    """Whether it can be redeemed now."""
    program: IdOrNone = None
    """The program's id, ``prog_…``, where VINR says so."""
    created: TimeOrNone = None
    """When it was made, UTC, where VINR says so."""

"""What points buy, as the guide shows it: ``rwd_…``."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from .camel_case import CamelCaseModel
from .lenient import AnyText, OrNone, TimeOrNone
from .model import ObjectId, OpenValue
from .optional import IdOrNone, PointsOrNone, SwitchOrNone, TextOrNone

RewardType: TypeAlias = Annotated[
    Literal["discount_percent", "discount_amount", "store_credit", "free_product", "partner"] | str,
    AnyText,
]
"""Open: VINR may add others."""


class Reward(CamelCaseModel):
    """Something that a member can have for points.

    Attributes:
        id: ``rwd_…``.
        program: The program's id, ``prog_…``.
        name: The name that members see.
        type: ``discount_percent``, ``discount_amount``, ``store_credit``, ``free_product`` or
            ``partner``; VINR may add others.
        cost: What it costs, in points.
        value: What it brings, by the names on the wire: the guide does not list them.
        active: Whether it can be redeemed now, where VINR says so.
        created_at: When it was made, UTC, where VINR says so.

    Every field but ``id`` is None where the answer does not have it.

    Source: VINR's guide; ``active`` and ``created_at`` are inferred.
    """

    id: ObjectId
    """``rwd_…``."""
    program: IdOrNone = None
    """The program's id, ``prog_…``."""
    name: TextOrNone = None
    """The name that members see."""
    type: Annotated[RewardType | None, OrNone] = None
    """``discount_percent``, ``discount_amount``, ``store_credit``, ``free_product`` or ``partner``;
    VINR may add others."""
    cost: PointsOrNone = None
    """What it costs, in points."""
    value: Annotated[dict[str, OpenValue] | None, OrNone] = None
    """What it brings, by the names on the wire: the guide does not list them."""
    active: SwitchOrNone = None
    """Whether it can be redeemed now, where VINR says so."""
    created_at: TimeOrNone = None
    """When it was made, UTC, where VINR says so."""

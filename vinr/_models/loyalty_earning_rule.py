"""What gives points, as the guide shows it: ``rule_…``."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from .camel_case import CamelCaseModel
from .lenient import AnyText, OrNone, TimeOrNone
from .model import ObjectId
from .optional import IdOrNone, NumberOrNone, PointsOrNone, SwitchOrNone, TextOrNone

AwardType: TypeAlias = Annotated[Literal["per_amount", "fixed", "per_currency"] | str, AnyText]
"""Open: VINR may add others."""


class Award(CamelCaseModel):
    """How many points a rule gives.

    Attributes:
        type: ``per_amount``, ``fixed`` or ``per_currency``; VINR may add others.
        per: For how much of what is counted, such as minor units of money.
        points: So many.

    Source: VINR's guide.
    """

    type: Annotated[AwardType | None, OrNone] = None
    """``per_amount``, ``fixed`` or ``per_currency``; VINR may add others."""
    per: NumberOrNone = None
    """For how much of what is counted, such as minor units of money."""
    points: PointsOrNone = None
    """So many."""


class EarningRule(CamelCaseModel):
    """How many points something that happened gives to a program's members.

    Attributes:
        id: ``rule_…``.
        program: The program's id, ``prog_…``.
        trigger: What gives points, such as ``payment.completed``.
        award: How many.
        active: Whether it gives points now, where VINR says so.
        created_at: When it was made, UTC, where VINR says so.

    Every field but ``id`` is None where the answer does not have it.

    Source: VINR's guide for ``trigger`` and ``award``; the rest is inferred.
    """

    id: ObjectId
    """``rule_…``."""
    program: IdOrNone = None
    """The program's id, ``prog_…``."""
    trigger: TextOrNone = None
    """What gives points, such as ``payment.completed``."""
    award: Annotated[Award | None, OrNone] = None
    """How many."""
    active: SwitchOrNone = None
    """Whether it gives points now, where VINR says so."""
    created_at: TimeOrNone = None
    """When it was made, UTC, where VINR says so."""

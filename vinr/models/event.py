"""Something that happened, as a webhook brings it."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from .lenient import AnyText, UnixTime, absent
from .model import Model, ObjectId, OpenValue

EventType: TypeAlias = (
    Literal[
        "loyalty.account.created",
        "loyalty.account.merged",
        "loyalty.points.earned",
        "loyalty.reward.redeemed",
        "loyalty_account.created",
        "loyalty_account.updated",
        "points_transaction.created",
    ]
    | str
)
"""Open: VINR may add others."""


class EventData(Model):
    """What the event is about."""

    object: dict[str, OpenValue]
    """The object as it was at that moment, in the dialect of the event's type."""


class Event(Model):
    """One event; receivers tell repeated deliveries by its id."""

    id: ObjectId
    type: Annotated[EventType, AnyText]
    data: EventData
    created: UnixTime = Field(default_factory=absent)
    """When it happened, UTC."""

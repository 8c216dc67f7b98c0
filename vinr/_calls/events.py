"""The reference's events: what can be asked of ``/v1/events``."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from .._models.envelope import Envelope
from .._models.event import Event
from . import checks
from .pages import Listing, Window, listing
from .resource import Resource


class EventList(Envelope[Event]):
    """A page of events on the wire."""


EVENTS: Final[Resource[Event]] = Resource(
    name="events", path="/events", model=Event, page=EventList, encoding="form"
)


def list_(
    *,
    type: str | None,
    created_gte: datetime | None,
    created_lt: datetime | None,
    window: Window,
) -> Listing[Event]:
    """``GET /v1/events``, newest first."""
    filters = {
        "type": checks.event_type("type", type),
        "created[gte]": checks.unix_seconds("created_gte", created_gte),
        "created[lt]": checks.unix_seconds("created_lt", created_lt),
    }
    query = tuple((name, value) for name, value in filters.items() if value is not None)
    return listing("events.list", EVENTS.path, EVENTS.page, query, window)

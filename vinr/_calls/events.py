"""The reference's events: what can be asked of ``/v1/events``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from .._models.envelope import Envelope
from .._models.event import Event
from ..errors import PaginationError
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


@dataclass(frozen=True, slots=True)
class CatchUp:
    """Where ``catch_up`` starts, and the types that it is about."""

    cursor: str | None
    """The id of an event: start behind it."""
    from_time: datetime | None
    """Without a cursor: start with what happened then; None: with all that there is."""
    types: frozenset[str] | None

    @property
    def type(self) -> str | None:
        """What VINR can be asked for: one type, else all of them."""
        return next(iter(self.types)) if self.types is not None and len(self.types) == 1 else None

    def wants(self, event: Event) -> bool:
        """Whether the event is of the types."""
        return self.types is None or event.type in self.types

    def unknown_cursor(self) -> PaginationError:
        """The error for a cursor that names no event."""
        return PaginationError(
            f"events.catch_up: VINR has no event {self.cursor} any more, which was the cursor; it"
            " is too old, or of another account or mode. Start from a time, since=datetime(…,"
            " tzinfo=UTC), and leave out the events whose ids you have handled",
            param="since",
            resource=self.cursor,
        )


def catch_up(since: object, type: str | Sequence[str] | None) -> CatchUp:
    """Checks the arguments of ``catch_up``."""
    types = None if type is None else frozenset([type] if isinstance(type, str) else type)
    if types is not None:
        if not types:
            raise checks.refuse("type", "is empty; leave it out for events of all types")
        for each in types:
            checks.event_type("type", each)
    if isinstance(since, str):
        return CatchUp(checks.object_id("since", since), None, types)
    return CatchUp(None, checks.aware_time("since", since), types)

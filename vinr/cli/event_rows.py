"""An event as a row: whole for programs, in a few words for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from .output import Row, chosen_format

if TYPE_CHECKING:
    from datetime import datetime

    from .. import Event

COLUMNS: Final = ("created", "type", "id", "object")
CSV_COLUMNS: Final = ("id", "type", "created", "data")


def event_row(event: Event) -> Row:
    """As VINR sent it; in a table with the time in UTC, and the id of what it is about."""
    if chosen_format() != "table":
        return event.model_dump(mode="json")
    created = cast("datetime | None", event.created)  # its type has no None, see UnixTime
    return {
        "created": f"{created:%Y-%m-%dT%H:%M:%SZ}" if created else None,
        "type": event.type,
        "id": event.id,
        "object": event.data.object.get("id"),
    }

"""Days and months in a time zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from ..errors import InvalidRequestError

By: TypeAlias = Literal["day", "month"]


def first_day(day: date, by: By) -> date:
    """The first day of the period that a day is in."""
    return day if by == "day" else day.replace(day=1)


def next_period(start: date, by: By) -> date:
    """The first day of the period behind one that begins there."""
    if by == "day":
        return start + timedelta(days=1)
    return (start.replace(day=1) + timedelta(days=31)).replace(day=1)


def time_zone(timezone: tzinfo | str) -> tzinfo:
    """The time zone, or the one of this name; InvalidRequestError where there is none."""
    if isinstance(timezone, tzinfo):
        return timezone
    try:
        return ZoneInfo(timezone)
    except (ValueError, OSError, LookupError):
        raise InvalidRequestError(
            f"there is no time zone {timezone!r}; they are named like Europe/Berlin",
            param="timezone",
        ) from None


def check_range(start: date | None, end: date | None) -> None:
    """Both are plain dates, and the end is not before the start."""
    days: tuple[tuple[str, object], ...] = (("start", start), ("end", end))
    for name, day in days:
        if day is not None and (not isinstance(day, date) or isinstance(day, datetime)):
            raise InvalidRequestError(
                f"{name} is a date such as date(2026, 1, 31), not {day!r}", param=name
            )
    if start is not None and end is not None and end < start:
        raise InvalidRequestError(f"the end, {end}, is before the start, {start}", param="end")


def check_by(by: str) -> None:
    """A day or a month."""
    if by not in ("day", "month"):
        raise InvalidRequestError(f"by is 'day' or 'month', not {by!r}", param="by")

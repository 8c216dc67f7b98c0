"""Days and times on the command line, and the time zone that they are in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import click

from .invocation import CommandT, Decorator


def day_option(name: str, variable: str, help: str) -> Callable[[CommandT], CommandT]:
    """An option that is a date: ``2026-06-30``."""
    return click.option(
        name,
        variable,
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="DATE",
        callback=_date,
        help=help,
    )


def timezone_option(command: CommandT) -> CommandT:
    """``--timezone``."""
    option: Decorator[CommandT] = click.option(
        "--timezone",
        default="UTC",
        show_default=True,
        metavar="NAME",
        help="Where days begin, such as Europe/Berlin.",
    )
    return option(command)


def day_after(day: date | None) -> date | None:
    """People name the last day that counts, reports take the first one that does not."""
    # behind the last day that a calendar has there is none that does not count
    return None if day in (None, date.max) else day + timedelta(days=1)


def instant(option: str, text: str, timezone: str, *, end_of_day: bool = False) -> datetime:
    """The moment that a TIME is; a day alone is its beginning, or its end: both in the zone."""
    from ..reports.periods import time_zone  # noqa: PLC0415 - only where one is computed

    zone = time_zone(timezone)
    try:
        day = _day(text)
        at = datetime.combine(day, time.min) if day else datetime.fromisoformat(text)
        if day and end_of_day:
            at += timedelta(days=1)
    except (ValueError, OverflowError):
        raise click.UsageError(
            f"{option} takes a time such as 2026-06-30 or 2026-06-30T14:00Z, not {text!r}"
        ) from None
    return at if at.tzinfo else at.replace(tzinfo=zone)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _date(
    _context: click.Context, _parameter: click.Parameter, value: datetime | None
) -> date | None:
    return None if value is None else value.date()

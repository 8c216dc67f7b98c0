"""Days on the command line, and the time zone that they are in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

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
    return None if day is None else day + timedelta(days=1)


def _date(
    _context: click.Context, _parameter: click.Parameter, value: datetime | None
) -> date | None:
    return None if value is None else value.date()

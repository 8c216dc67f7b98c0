"""``vinr report``: what finance asks for."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Literal

import click

from .dates import day_after, day_option, timezone_option
from .finding import program_option
from .group import Group
from .incomplete import end_where_incomplete
from .invocation import output_options, profile_option
from .output import write, write_one
from .progress import reading
from .settings import connected

_MOVEMENTS = (
    "earned",
    "reversed",
    "redeemed",
    "released",
    "adjusted",
    "expired",
    "merged",
    "other",
)
_CSV_COLUMNS = ("start", "end", "opening", *_MOVEMENTS, "closing", "difference", "entries")
_LIABILITY_COLUMNS = ("points", "point_value", "currency", "amount", "by_status")


@click.group(cls=Group)
def report() -> None:
    """Points movement and liability, for the books."""


@report.command()
@click.option(
    "--by",
    type=click.Choice(["month", "day"]),
    default="month",
    show_default=True,
    help="How long a period is.",
)
@day_option("--from", "start", "The first day; default: that of the first entry.")
@day_option("--to", "last", "The last day that counts; default: that of the last entry.")
@timezone_option
@program_option
@profile_option
@output_options
def points(
    by: Literal["month", "day"],
    start: date | None,
    last: date | None,
    timezone: str,
    program: str | None,
) -> None:
    """Show what was outstanding, what came and went, and what is outstanding then.

    All numbers are whole points, and signed: `opening` and the movements add up to `closing`, and
    `difference` proves it. A table leaves out movements that there were none of. The balances are
    held against the ledger, too. The exit code is 6 where something differs, or where entries do
    not say when they were written.

    \b
    Examples:
      vinr report points --program prog_default
      vinr report points --by day --from 2026-06-01 --to 2026-06-30 --format csv > june.csv
    """
    from ..reports import fetch_points_movement  # noqa: PLC0415 - only where one is computed

    with connected() as session, reading("Reading ledgers") as on_progress:
        found = fetch_points_movement(
            session.client,
            program=program or session.settings.program,
            by=by,
            start=start,
            end=day_after(last),
            timezone=timezone,
            on_progress=on_progress,
        )
    rows = [
        asdict(period)
        | {"start": period.start.isoformat(), "end": period.end.isoformat()}
        | {"difference": period.difference}
        for period in found.periods
    ]
    moved = (name for name in _MOVEMENTS if any(row[name] for row in rows))
    columns = ("start", "opening", *moved, "closing", "difference")
    write(rows, columns, csv_columns=_CSV_COLUMNS)
    differences = [found.difference or 0, *(period.difference for period in found.periods)]
    end_where_incomplete(found.untimed, max(differences, key=abs))


def _decimal(_context: click.Context, _parameter: click.Parameter, value: str) -> Decimal:
    try:
        return Decimal(value)
    except InvalidOperation:
        raise click.BadParameter(f"{value!r} is no number, such as 0.01") from None


@report.command()
@click.option(
    "--point-value",
    required=True,
    metavar="NUMBER",
    callback=_decimal,
    help="Units of the currency for one point, such as 0.01.",
)
@click.option("--currency", required=True, metavar="CODE", help="Its ISO 4217 code, such as EUR.")
@program_option
@profile_option
@output_options
def liability(point_value: Decimal, currency: str, program: str | None) -> None:
    """Show what the points outstanding are worth now.

    `points` is the sum of all balances, `amount` is exact and not rounded to coins, and `by_status`
    has the points of active and of closed members.

    \b
    Examples:
      vinr report liability --point-value 0.01 --currency EUR
      vinr report liability --point-value 0.005 --currency GBP --program prog_default --format json
    """
    from ..reports import fetch_points_liability  # noqa: PLC0415 - only where one is computed

    with connected() as session:
        found = fetch_points_liability(
            session.client,
            program=program or session.settings.program,
            point_value=point_value,
            currency=currency,
        )
    # as text: a number of JSON's would be read as a float
    money = {"point_value": f"{found.point_value:f}", "amount": f"{found.amount:f}"}
    write_one(asdict(found) | money, _LIABILITY_COLUMNS)

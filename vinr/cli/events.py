"""``vinr events``: what happened, as VINR keeps it."""

from __future__ import annotations

import click

from .dates import instant, timezone_option
from .event_rows import COLUMNS, CSV_COLUMNS, event_row
from .group import Group
from .invocation import output_options, profile_option
from .output import write
from .progress import tracked
from .settings import connected


@click.group(cls=Group)
def events() -> None:
    """Read what happened, also what no webhook brought."""


@events.command("list")
@click.option("--type", metavar="TYPE", help="Only these, such as loyalty.points.earned.")
@click.option("--since", metavar="TIME", help="What happened from then on.")
@click.option("--until", metavar="TIME", help="What happened before then; a day alone counts.")
@timezone_option
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="So many at most.")
@profile_option
@output_options
def list_(
    type: str | None, since: str | None, until: str | None, timezone: str, limit: int | None
) -> None:
    """List events, newest first.

    A TIME is a day (2026-06-30), or a day and a time (2026-06-30T14:00), in the zone of --timezone;
    or it says its own (2026-06-30T14:00Z). `created` is unix seconds, and in a table UTC; `data`
    has the member or entry that the event is about, as it was then, and a table its id alone.

    \b
    Examples:
      vinr events list --type loyalty.account.merged --limit 10
      vinr events list --since 2026-06-29 --until 2026-06-30 --timezone Europe/Berlin
      vinr events list --since 2026-06-30T14:00Z > missed.jsonl
    """
    created_gte = None if since is None else instant("--since", since, timezone)
    created_lt = None if until is None else instant("--until", until, timezone, end_of_day=True)
    with connected() as session:
        page = session.client.events.list(
            type=type,
            created_gte=created_gte,
            created_lt=created_lt,
            limit=min(limit or 100, 100),
            max_items=limit,
        )
        rows = map(event_row, tracked(page, "Reading events", limit))
        write(rows, COLUMNS, csv_columns=CSV_COLUMNS)

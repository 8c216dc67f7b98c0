"""Counts what became of the rows of a run, from its journal."""

from __future__ import annotations

from itertools import islice
from typing import Final

from ._schema import PENDING
from .journal import Journal
from .result import BulkResult, Progress, Rejection

_MOST_REJECTIONS: Final = 100
_SUMS: Final = ", ".join(
    f"SUM({part}(amount, 0) {half})"
    for part in ("MAX", "MIN")
    for half in (">> 32", "& 4294967295")
)
"""In halves, since a sum beyond 2**63 - 1 is an error to SQLite."""


def count(journal: Journal, *, dry_run: bool = False) -> BulkResult:
    """What became of the rows of the journal's latest run."""
    run = journal.run
    counts, points = dict[str, int](), dict[str, int]()
    for what, rows, *sums in journal.all(
        "SELECT CASE state WHEN 'done' THEN outcome WHEN 'sent' THEN 'unknown' ELSE state END"
        " || CASE WHEN outcome = 'posted' AND settled_run != ? THEN ' before' ELSE '' END AS what,"
        f" COUNT(*), {_SUMS} FROM entries WHERE run = ? GROUP BY what",
        *(run, run),
    ):
        counts[what] = rows
        points |= {f"{what} up": (sums[0] << 32) + sums[1]}
        points |= {f"{what} down": (sums[2] << 32) + sums[3]}
    members, created = journal.one("SELECT COUNT(*), SUM(created) FROM members") or (0, 0)
    there = ("already_there", "posted before")
    rejections = islice(journal.rejections(), _MOST_REJECTIONS)
    return BulkResult(
        rows=sum(counts.values()),
        posted=counts.get("posted", 0),
        already_there=sum(counts.get(name, 0) for name in there),
        skipped=counts.get("skipped", 0),
        rejected=counts.get("rejected", 0),
        unknown=counts.get("unknown", 0),
        left=counts.get("planned", 0),
        members=members,
        members_created=created or 0,
        points_granted=points.get("posted up", 0),
        points_taken=points.get("posted down", 0),
        points_already_there=sum(
            points.get(f"{name} {way}", 0) for name in there for way in ("up", "down")
        ),
        rejections=tuple(
            Rejection(line, code, message) for line, _, _, code, message in rejections
        ),
        dry_run=dry_run,
    )


def progress(journal: Journal) -> Progress:
    """How many of the run's rows are settled."""
    left = journal.one(
        f"SELECT COUNT(*) FROM entries WHERE state IN {PENDING} AND run = ?", journal.run
    )
    return Progress(journal.rows, journal.rows - (left[0] if left else 0))

"""A page of a member's ledger between two times, though VINR lists by type and cursor alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ... import Vinr
from ...loyalty import Transaction


@dataclass(frozen=True, slots=True)
class Window:
    """Which entries a page has."""

    since: datetime | None
    until: datetime | None
    type: str | None
    limit: int
    cursor: str | None


@dataclass(frozen=True, slots=True)
class EntriesPage:
    """Entries, newest first, and where they go on."""

    entries: Sequence[Transaction]
    next_cursor: str | None
    without_time: int


def read_page(client: Vinr, account: str, window: Window) -> EntriesPage:
    """The newest entries behind the cursor that are of the window's days and type."""
    entries: list[Transaction] = []
    without_time = 0
    page = client.loyalty.transactions.list(
        account=account, type=window.type, limit=100, starting_after=window.cursor
    )
    for each in page.pages():
        for entry in each.data:
            if not _is_within(entry, window):
                without_time += entry.created_at is None
            elif len(entries) == window.limit:
                return EntriesPage(entries, entries[-1].id, without_time)
            else:
                entries.append(entry)
        if _is_behind(each.data, window):
            break
    return EntriesPage(entries, None, without_time)


def _is_within(entry: Transaction, window: Window) -> bool:
    if window.since is None and window.until is None:
        return True
    at = entry.created_at
    if at is None:
        return False
    return (window.since is None or at >= window.since) and (
        window.until is None or at < window.until
    )


def _is_behind(entries: Sequence[Transaction], window: Window) -> bool:
    """Whether all further entries are older, as lists are newest first."""
    oldest = entries[-1].created_at if entries else None
    return window.since is not None and oldest is not None and oldest < window.since

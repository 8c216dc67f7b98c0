"""One page of a table, newest row first. New rows do not move the pages after a cursor."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from ..refusal import Refusal
from .rows import ColumnValues
from .unit_of_work import UnitOfWork

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PageWindow:
    """Which part of a list a page shows: ``limit`` rows, behind or before a cursor."""

    limit: int
    after: str | None = None
    """The key of a row: the page has rows that are older."""
    before: str | None = None
    """The key of a row: the page has the next rows that are newer."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Rows newest first, whether more follow in the direction of the window, and the total."""

    rows: Sequence[T]
    has_more: bool
    total: int
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class TableQuery:
    """The rows that a list has: those of a table that meet all conditions."""

    table: str
    columns: str
    conditions: tuple[tuple[str, str | int], ...] = ()
    """Pairs of a condition in SQL with one placeholder, such as ``type = ?``, and its value."""

    def where(self) -> str:
        """The conditions in SQL, with placeholders for the values."""
        return " AND ".join(condition for condition, _ in self.conditions) or "1"

    def values(self) -> list[str | int]:
        """The values for the placeholders."""
        return [value for _, value in self.conditions]


def fetch_page(
    work: UnitOfWork, query: TableQuery, window: PageWindow, make: Callable[[ColumnValues], T]
) -> Page[T]:
    """A page of a list; ``make`` turns column values into a row. Refuses an unknown cursor."""
    comparison, order, bound = _bounds(work, query.table, window)
    rows: list[ColumnValues] = work.db.execute(
        f"SELECT {query.columns} FROM {query.table}"
        f" WHERE {query.where()} AND {comparison} ORDER BY seq {order} LIMIT ?",
        [*query.values(), *bound, window.limit + 1],
    ).fetchall()
    made = [make(row) for row in rows[: window.limit]]
    backwards = window.before is not None
    return Page(
        made[::-1] if backwards else made,
        has_more=len(rows) > window.limit,
        total=_total(work, query),
        backwards=backwards,
    )


def _bounds(work: UnitOfWork, table: str, window: PageWindow) -> tuple[str, str, list[int]]:
    if window.after is not None:
        return "seq < ?", "DESC", [_sequence(work, table, window.after, "starting_after")]
    if window.before is not None:
        return "seq > ?", "ASC", [_sequence(work, table, window.before, "ending_before")]
    return "1", "DESC", []


def _sequence(work: UnitOfWork, table: str, key: str, param: str) -> int:
    row: tuple[int] | None = work.db.execute(
        f"SELECT seq FROM {table} WHERE key = ?", (key,)
    ).fetchone()
    if row is None:
        raise Refusal("parameter_invalid", f"{param} names no object of this list.", param=param)
    return row[0]


def _total(work: UnitOfWork, query: TableQuery) -> int:
    # Rows are never deleted, so max(seq) is the count; it takes the same time for any table.
    what = "count(*)" if query.conditions else "ifnull(max(seq), 0)"
    row: tuple[int] = work.db.execute(
        f"SELECT {what} FROM {query.table} WHERE {query.where()}", query.values()
    ).fetchone()
    return row[0]

"""One page of a table, newest first, stable while rows are added."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from ..refusal import Refusal
from .work import UnitOfWork

T = TypeVar("T")

Row = tuple[Any, ...]
"""As SQLite gives it; the function that takes it knows the columns."""


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a list is wanted: ``limit`` rows beyond the row with a cursor's key."""

    limit: int
    after: str | None = None
    """Older than this one."""
    before: str | None = None
    """Newer than this one, those closest to it."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Rows newest first, whether more follow in the direction asked for, and how many in all."""

    rows: Sequence[T]
    has_more: bool
    total: int
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows of a table that a list is about: each condition is a column with its value."""

    table: str
    columns: str
    conditions: tuple[tuple[str, str], ...] = ()

    def where(self) -> str:
        """The conditions in SQL, their values left open."""
        return " AND ".join(f"{column} = ?" for column, _ in self.conditions) or "1"

    def values(self) -> list[str]:
        """The values of the conditions."""
        return [value for _, value in self.conditions]


def select(
    work: UnitOfWork, selection: Selection, window: Window, read: Callable[[Row], T]
) -> Page[T]:
    """The page of a selection that a window shows; a cursor that names no row is refused."""
    comparison, order, bound = _bounds(work, selection.table, window)
    rows: list[Row] = work.db.execute(
        f"SELECT {selection.columns} FROM {selection.table}"
        f" WHERE {selection.where()} AND {comparison} ORDER BY seq {order} LIMIT ?",
        [*selection.values(), *bound, window.limit + 1],
    ).fetchall()
    shown = [read(row) for row in rows[: window.limit]]
    backwards = window.before is not None
    return Page(
        shown[::-1] if backwards else shown,
        has_more=len(rows) > window.limit,
        total=_total(work, selection),
        backwards=backwards,
    )


def _bounds(work: UnitOfWork, table: str, window: Window) -> tuple[str, str, list[int]]:
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


def _total(work: UnitOfWork, selection: Selection) -> int:
    # rows are never deleted, so the highest number is the count, however long the table
    what = "count(*)" if selection.conditions else "ifnull(max(seq), 0)"
    row: tuple[int] = work.db.execute(
        f"SELECT {what} FROM {selection.table} WHERE {selection.where()}", selection.values()
    ).fetchone()
    return row[0]

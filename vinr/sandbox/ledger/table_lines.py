"""The store as lines of JSON: every row of every table, in an order that can be read back."""

from __future__ import annotations

import sqlite3
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import cache
from typing import Final

from .schema import LAYOUTS, VERSION

TABLES: Final = (
    "programs",
    "customers",
    "accounts",
    "transactions",
    "merges",
    "payments",
    "refunds",
    "lots",
    "qualifying_points",
    "rewards",
    "earning_rules",
    "redemptions",
    "store_credit",
    "webhook_endpoints",
    "clock",
    "events",
    "idempotency",
)
"""A row comes after the rows that it refers to."""

_BASE64: Final = "base64:"
_PYTHON_TYPES: Final[Mapping[str, tuple[type, ...]]] = {
    "INTEGER": (int,),
    "REAL": (float, int),
    "TEXT": (str,),
    "BLOB": (bytes,),
}

Line = Mapping[str, object]


def dump(db: sqlite3.Connection) -> Iterator[Line]:
    """Lines: first the layout, then every row as ``{"table": …, "row": {…}}``, last the count."""
    yield {"sandbox": VERSION}
    written = 1
    for table in TABLES:
        cursor = db.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description]
        for row in cursor:
            values = dict(zip(names, map(_to_json_value, row), strict=True))
            yield {"table": table, "row": values}
            written += 1
    yield {"lines": written}


def insert(db: sqlite3.Connection, table: object, row: Mapping[str, object]) -> None:
    """Insert one row of a dump; raises ValueError for a row that the table cannot have."""
    if table not in TABLES:
        raise ValueError(f"there is no table {table!r}")
    types = _column_types(str(table))
    names = ", ".join(f'"{name.replace(chr(34), "")}"' for name in row)
    places = ", ".join("?" * len(row))
    try:
        values = [_from_json_value(name, each, types.get(name, "")) for name, each in row.items()]
        db.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", values)
    except (sqlite3.Error, ValueError, OverflowError) as error:
        raise ValueError(f"the table {table} cannot have this row: {error}") from None


def is_empty(db: sqlite3.Connection) -> bool:
    """Whether there are no members and no payments yet."""
    [found] = db.execute(
        "SELECT EXISTS (SELECT 1 FROM accounts) OR EXISTS (SELECT 1 FROM payments)"
    ).fetchone()
    return not found


def clear(db: sqlite3.Connection) -> None:
    """Delete what a new store begins with."""
    for table in reversed(TABLES):
        if table != "transactions":
            db.execute(f"DELETE FROM {table}")


def _to_json_value(value: object) -> object:
    return _BASE64 + b64encode(value).decode() if isinstance(value, bytes) else value


def _from_json_value(name: str, value: object, column_type: str) -> object:
    if column_type == "BLOB" and isinstance(value, str):
        return b64decode(value.removeprefix(_BASE64), validate=True)
    # SQLite itself would store a text in a column of numbers.
    fits = isinstance(value, _PYTHON_TYPES.get(column_type, object)) and not isinstance(value, bool)
    if value is not None and not fits:
        raise ValueError(f"{name} is {column_type}, not {value!r:.40}")
    return value


@cache
def _column_types(table: str) -> Mapping[str, str]:
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript("".join(LAYOUTS.values()))
        columns: list[tuple[int, str, str]] = db.execute(f"PRAGMA table_info({table})").fetchall()
        return {name: column_type for _, name, column_type, *_ in columns}

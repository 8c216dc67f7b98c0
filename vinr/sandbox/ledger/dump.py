"""The store as lines of JSON: every row of every table, in an order that can be read back."""

from __future__ import annotations

import sqlite3
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import cache
from typing import Final

from .schema import SCHEMA, VERSION

TABLES: Final = (
    "programs",
    "customers",
    "accounts",
    "transactions",
    "merges",
    "payments",
    "refunds",
    "lots",
    "redemptions",
    "clock",
    "events",
    "idempotency",
)
"""What a row refers to comes before it."""

_BYTES: Final = "base64:"
_KEPT_AS: Final[Mapping[str, tuple[type, ...]]] = {
    "INTEGER": (int,),
    "REAL": (float, int),
    "TEXT": (str,),
    "BLOB": (bytes,),
}

Line = Mapping[str, object]


def lines(db: sqlite3.Connection) -> Iterator[Line]:
    """First what this is, then every row: ``{"table": "accounts", "row": {…}}``; last, how many."""
    yield {"sandbox": VERSION}
    written = 1
    for table in TABLES:
        cursor = db.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description]
        for row in cursor:
            values = dict(zip(names, map(_told, row), strict=True))
            yield {"table": table, "row": values}
            written += 1
    yield {"lines": written}


def insert(db: sqlite3.Connection, table: object, row: Mapping[str, object]) -> None:
    """Write one row as it was; raises ValueError for what no table can have."""
    if table not in TABLES:
        raise ValueError(f"there is no table {table!r}")
    types = _types(str(table))
    names = ", ".join(f'"{name.replace(chr(34), "")}"' for name in row)
    places = ", ".join("?" * len(row))
    try:
        values = [_read(name, value, types.get(name, "")) for name, value in row.items()]
        db.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", values)
    except (sqlite3.Error, ValueError, OverflowError) as error:
        raise ValueError(f"the table {table} cannot have this row: {error}") from None


def is_empty(db: sqlite3.Connection) -> bool:
    """Whether nothing has happened yet: no members, no payments."""
    [found] = db.execute(
        "SELECT EXISTS (SELECT 1 FROM accounts) OR EXISTS (SELECT 1 FROM payments)"
    ).fetchone()
    return not found


def empty(db: sqlite3.Connection) -> None:
    """Take out what a new store begins with."""
    for table in reversed(TABLES):
        if table != "transactions":
            db.execute(f"DELETE FROM {table}")


def _told(value: object) -> object:
    return _BYTES + b64encode(value).decode() if isinstance(value, bytes) else value


def _read(name: str, value: object, kept_as: str) -> object:
    if kept_as == "BLOB" and isinstance(value, str):
        return b64decode(value.removeprefix(_BYTES), validate=True)
    # SQLite would keep a text in a column of numbers
    fits = isinstance(value, _KEPT_AS.get(kept_as, object)) and not isinstance(value, bool)
    if value is not None and not fits:
        raise ValueError(f"{name} is {kept_as}, not {value!r:.40}")
    return value


@cache
def _types(table: str) -> Mapping[str, str]:
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(SCHEMA)
        columns: list[tuple[int, str, str]] = db.execute(f"PRAGMA table_info({table})").fetchall()
        return {name: kept_as for _, name, kept_as, *_ in columns}

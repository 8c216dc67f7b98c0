"""The store as lines of JSON: every row of every table, in an order that can be read back."""

from __future__ import annotations

import sqlite3
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from typing import Final

from .schema import VERSION

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

Line = Mapping[str, object]


def lines(db: sqlite3.Connection) -> Iterator[Line]:
    """First what this is, then every row: ``{"table": "accounts", "row": {…}}``."""
    yield {"sandbox": VERSION}
    for table in TABLES:
        cursor = db.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description]
        for row in cursor:
            values = dict(zip(names, map(_told, row), strict=True))
            yield {"table": table, "row": values}


def insert(db: sqlite3.Connection, table: object, row: Mapping[str, object]) -> None:
    """Write one row as it was; raises ValueError for what no table can have."""
    if table not in TABLES:
        raise ValueError(f"there is no table {table!r}")
    names = ", ".join(f'"{name.replace(chr(34), "")}"' for name in row)
    places = ", ".join("?" * len(row))
    try:
        db.execute(
            f"INSERT INTO {table} ({names}) VALUES ({places})", [_read(v) for v in row.values()]
        )
    except sqlite3.Error as error:
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


def _read(value: object) -> object:
    if isinstance(value, str) and value.startswith(_BYTES):
        return b64decode(value.removeprefix(_BYTES))
    return value

"""The whole store as bytes, and back."""

import sqlite3
from contextlib import closing
from typing import Final

from . import database

_NO_WAL: Final = b"\1\1"
"""The two bytes behind the page size that say: no write-ahead log."""


def serialize(db: sqlite3.Connection) -> bytes:
    """Everything in a database."""
    with closing(sqlite3.connect(":memory:")) as copy:
        db.backup(copy)
        return copy.serialize()


def deserialize_into(db: sqlite3.Connection, content: bytes) -> None:
    """Replace everything in a database by a snapshot.

    Raises ValueError for bytes that are no snapshot, or one of another version of vinr.
    """
    with closing(sqlite3.connect(":memory:")) as copy:
        _load(copy, content)
        copy.backup(db)
    db.execute("PRAGMA journal_mode = WAL")


def _load(copy: sqlite3.Connection, content: object) -> None:
    if not isinstance(content, bytes) or not content.startswith(database.MAGIC):
        raise ValueError("this is no snapshot of a sandbox")
    try:
        database.refuse_cut(content, len(content))
        # a database in memory cannot have a write-ahead log
        copy.deserialize(content[:18] + _NO_WAL + content[20:])
        reason = _refusal(copy)
        if reason is None:
            database.complete(copy)
    except (sqlite3.DatabaseError, ValueError) as error:
        reason = str(error)
    if reason is not None:
        raise ValueError(f"this is no snapshot of a sandbox: {reason}")


def _refusal(copy: sqlite3.Connection) -> str | None:
    if database.layout_of(copy) == database.EMPTY:
        return "there is nothing in it"
    return database.damage_in(copy)

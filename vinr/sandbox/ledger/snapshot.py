"""The whole store as bytes, and back."""

import sqlite3
from contextlib import closing
from typing import Final

from .schema import VERSION

_MAGIC: Final = b"SQLite format 3\0"
_NO_WAL: Final = b"\1\1"
"""The two bytes behind the page size that say: no write-ahead log."""


def serialize(db: sqlite3.Connection) -> bytes:
    """Everything in a database."""
    with closing(sqlite3.connect(":memory:")) as copy:
        db.backup(copy)
        return copy.serialize()


def deserialize_into(db: sqlite3.Connection, content: bytes) -> None:
    """Replace everything in a database by a snapshot.

    Raises ValueError for bytes that are no snapshot of this layout.
    """
    with closing(sqlite3.connect(":memory:")) as copy:
        if not _open(copy, content):
            raise ValueError("this is no snapshot of a sandbox, or one of another layout")
        copy.backup(db)
    db.execute("PRAGMA journal_mode = WAL")


def _open(copy: sqlite3.Connection, content: object) -> bool:
    if not isinstance(content, bytes) or not content.startswith(_MAGIC):
        return False
    # a database in memory cannot have a write-ahead log
    copy.deserialize(content[:18] + _NO_WAL + content[20:])
    try:
        version: tuple[int] = copy.execute("PRAGMA user_version").fetchone()
        copy.execute("SELECT count(*) FROM accounts").fetchone()
    except sqlite3.DatabaseError:
        return False
    return version == (VERSION,)

"""The whole store as bytes, and back."""

import sqlite3
from typing import Final

from .schema import VERSION

_NO_WAL: Final = b"\1\1"
_MAGIC: Final = b"SQLite format 3\0"


def taken(db: sqlite3.Connection) -> bytes:
    """Everything in a database."""
    copy = sqlite3.connect(":memory:")
    try:
        db.backup(copy)
        return copy.serialize()
    finally:
        copy.close()


def put_back(db: sqlite3.Connection, snapshot: bytes) -> None:
    """Put a snapshot in place of everything in a database.

    Raises ValueError for bytes that are no snapshot of this layout.
    """
    copy = sqlite3.connect(":memory:")
    try:
        if not _opened(copy, snapshot):
            raise ValueError("this is no snapshot of a sandbox, or one of another layout")
        copy.backup(db)
    finally:
        copy.close()
    db.execute("PRAGMA journal_mode = WAL")


def _opened(copy: sqlite3.Connection, snapshot: object) -> bool:
    if not isinstance(snapshot, bytes) or not snapshot.startswith(_MAGIC):
        return False
    # a copy in memory cannot be in the mode of a file
    copy.deserialize(snapshot[:18] + _NO_WAL + snapshot[20:])
    try:
        version: tuple[int] = copy.execute("PRAGMA user_version").fetchone()
        copy.execute("SELECT count(*) FROM accounts").fetchone()
    except sqlite3.DatabaseError:
        return False
    return version == (VERSION,)

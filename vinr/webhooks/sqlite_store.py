"""``SQLiteStore``: which events were handled, in a SQLite file."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Generator
from contextlib import closing, contextmanager
from typing import Final

from ..errors import InvalidRequestError
from .store import KEEP, Claim, seconds

_BUSY_SECONDS: Final = 30.0
"""How long to wait for another process that writes to the file."""

# an event without a token is handled; one that has expired is as if it were not there
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS vinr_webhook_events (
    id TEXT PRIMARY KEY, token TEXT, expires REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS vinr_webhook_events_expires ON vinr_webhook_events (expires);
"""
_CLAIM: Final = """
INSERT INTO vinr_webhook_events (id, token, expires) VALUES (:id, :token, :expires)
ON CONFLICT (id) DO UPDATE SET token = excluded.token, expires = excluded.expires
WHERE vinr_webhook_events.expires <= :now
"""
_COMPLETE: Final = """
INSERT INTO vinr_webhook_events (id, token, expires) VALUES (?, NULL, ?)
ON CONFLICT (id) DO UPDATE SET token = NULL, expires = excluded.expires
"""


class SQLiteStore:
    """Handled events in a SQLite file, shared by all processes of one machine.

    It has a table of its own, ``vinr_webhook_events``.

    Args:
        path: A file; it may be a database of yours.
        keep: Seconds for which a handled event is known, 30 days by default.

    Raises:
        InvalidRequestError: It is ``:memory:``, which is ``MemoryStore``.
        sqlite3.Error: The file cannot be used.

    Source: our choice.
    """

    def __init__(self, path: str | os.PathLike[str], *, keep: float = KEEP) -> None:
        self._path = os.fspath(path)
        self._keep = seconds("keep", keep)
        if self._path in ("", ":memory:"):
            raise InvalidRequestError(
                "SQLiteStore needs the path of a file; in memory it is MemoryStore()", param="path"
            )
        with closing(self._connect()) as database:
            database.executescript(_SCHEMA)

    def claim(self, event_id: str, token: str, lease: float) -> Claim:
        """Take an event that nobody has."""
        now = time.time()
        row = {"id": event_id, "token": token, "expires": now + lease, "now": now}
        with self._writing() as database:
            if database.execute(_CLAIM, row).rowcount:
                return "claimed"
            [holder] = database.execute(
                "SELECT token FROM vinr_webhook_events WHERE id = ?", (event_id,)
            ).fetchone()
        return "handled" if holder is None else "in_work"

    def complete(self, event_id: str) -> None:
        """Note that the event is handled; what expired is deleted."""
        now = time.time()
        with self._writing() as database:
            database.execute(_COMPLETE, (event_id, now + self._keep))
            database.execute("DELETE FROM vinr_webhook_events WHERE expires <= ?", (now,))

    def release(self, event_id: str, token: str) -> None:
        """Give a claim back."""
        with self._writing() as database:
            database.execute(
                "DELETE FROM vinr_webhook_events WHERE id = ? AND token = ?", (event_id, token)
            )

    @contextmanager
    def _writing(self) -> Generator[sqlite3.Connection]:
        """A transaction on a connection of its own, so that threads and forks share nothing."""
        with closing(self._connect()) as database, database:
            database.execute("BEGIN IMMEDIATE")
            yield database

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=_BUSY_SECONDS)

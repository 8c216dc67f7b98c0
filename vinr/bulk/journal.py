"""The journal: what is known of every row, on disk before anything is sent.

A row goes ``planned → sent → done``, or ends as ``rejected`` or ``unknown``. ``sent`` is committed
before the request, for many rows in one transaction; so is what became of them, soon after. A row
that is ``sent`` when its process dies is settled by the next run, by its reference in the member's
ledger.
"""

from __future__ import annotations

import json
import math
import sqlite3
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import Any, Final, Literal, TypeAlias

from . import _schema
from ._lock import unusable

State: TypeAlias = Literal["planned", "sent", "done", "rejected", "unknown"]
Rank: TypeAlias = int | float | str
"""Numbers come before texts, as SQLite orders them."""
Position: TypeAlias = tuple[bool, Any, int]
Outcome: TypeAlias = Literal["posted", "already_there", "skipped"]

_FIRST: Final = (-math.inf, -1, 0)
_FLUSH_ROWS: Final = 256
_FLUSH_SECONDS: Final = 0.25
_SHORTEST: Final = 0.02
"""Seconds between two flushes."""
_ROWS_AT_ONCE: Final = 256
_MEMBERS_AT_ONCE: Final = 64
_VARIABLES: Final = 500
"""Values in one statement; SQLite before 3.32 takes 999."""
_SETTLE: Final = """
UPDATE entries SET state = ?, outcome = ?, transaction_id = ?, error_code = ?, error_message = ?,
    settled_run = ?, settled_at = ?
WHERE id = ?"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that has to be settled."""

    id: int
    line: int
    rank: Rank
    member: str
    reference: str
    amount: int
    type: str
    reason: str | None
    metadata: Mapping[str, str] | None
    state: State
    sent_run: int
    """The run that marked it ``sent``; an earlier one may have sent it."""

    @property
    def position(self) -> Position:
        """Its place among the member's rows."""
        return _position(self.rank, self.line)


_ENTRY: Final = "id, line, rank, member, reference, amount, type, reason, metadata, state, sent_run"


class Journal:
    """A file of SQLite's; threads may share it."""

    def __init__(self, path: Path | None) -> None:
        """Opens or makes it; None is for a temporary one. Raises JournalError for another file."""
        self.path = path
        self.run: int = 0
        self.rows: int = 0
        """Rows of the run."""
        self.knows_lines: bool = False
        """Whether a row is a line of a file whose content names the batch."""
        self._last_before = 0
        self._lock = RLock()
        # appended to without the lock: whoever waits for VINR must not wait for the disk too
        self._settled: deque[tuple[object, ...]] = deque()
        self._created: deque[tuple[str]] = deque()
        self._flushed = time.monotonic()
        self._db = self._open(path)

    @staticmethod
    def _open(path: Path | None) -> sqlite3.Connection:
        try:
            db = sqlite3.connect(path or "", timeout=30, check_same_thread=False)
            try:
                _prepare(db)
            except BaseException:
                db.close()
                raise
        except sqlite3.Error as error:
            raise unusable(path, error) from None
        return db

    def close(self) -> None:
        """Writes what is not written yet."""
        with self._lock, self.errors():
            try:
                self.flush()
            finally:
                self._db.close()

    # --- what it is about

    def about(self, name: str) -> str | None:
        """A fact that was noted, such as the batch."""
        found = self.one("SELECT value FROM about WHERE name = ?", name)
        return None if found is None else str(found[0])

    def note(self, name: str, value: str) -> None:
        """Notes a fact, in the transaction that is under way."""
        self.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", name, value)

    # --- any statement; writes are in a transaction until ``commit``

    def execute(self, statement: str, *values: object) -> sqlite3.Cursor:
        """One statement; read its rows at once, other threads use the same connection."""
        with self._lock:
            return self._db.execute(statement, values)

    def one(self, statement: str, *values: object) -> tuple[Any, ...] | None:
        """The first row."""
        with self._lock:
            row: tuple[Any, ...] | None = self._db.execute(statement, values).fetchone()
            return row

    def all(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Every row."""
        with self._lock:
            return self._db.execute(statement, values).fetchall()

    @contextmanager
    def transaction(self) -> Generator[None]:
        """All statements within or none, also where other processes write."""
        with self._lock, self.errors():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.rollback()
                raise
            self._db.commit()

    @contextmanager
    def errors(self) -> Generator[None]:
        """Raises JournalError for what goes wrong with the file, such as a full disk."""
        try:
            yield
        except sqlite3.Error as error:
            raise unusable(self.path, error) from error

    def commit(self) -> None:
        """On disk, also where the power fails next."""
        with self._lock:
            self._db.commit()

    def copy_to(self, other: Journal) -> None:
        """Makes the other one the same as this."""
        with self._lock:
            self._db.backup(other._db)

    # --- a run

    def start_run(self) -> None:
        """Numbers the run; its rows are added by that number."""
        self.run = int(self.about("run") or 0) + 1
        self.note("run", str(self.run))
        self.execute("DELETE FROM members")
        last = self.one("SELECT MAX(id) FROM entries")
        self._last_before = int(last[0] or 0) if last else 0

    def find_members(self) -> None:
        """Notes whose rows this run has, in the order of their first rows."""
        counted = self.one("SELECT COUNT(*) FROM entries WHERE run = ?", self.run)
        self.rows = int(counted[0]) if counted else 0
        self.execute(
            "INSERT INTO members SELECT member, MIN(id), 0 FROM entries"
            " WHERE run = ? AND member != '' GROUP BY member",
            self.run,
        )

    def claim_members(self, after: int) -> list[tuple[int, str]]:
        """The next members that have rows to settle; their first rows are ``sent`` from now on."""
        with self._lock:
            members = self.all(
                "SELECT first, member FROM members WHERE first > ? AND EXISTS (SELECT 1 FROM"
                " entries e WHERE e.member = members.member AND run = ? AND state IN"
                f" {_schema.PENDING}) ORDER BY first LIMIT {_MEMBERS_AT_ONCE}",
                after,
                self.run,
            )
            for _, member in members:
                self._mark_sent(member, _FIRST)
            self.flush()
        return members

    def claim_entries(self, member: str, last: Entry | None) -> list[Entry]:
        """The member's next rows to settle, in the order of the file; all are ``sent`` now."""
        after = (last.rank, last.line, last.id) if last else _FIRST
        with self._lock:
            if self._mark_sent(member, after):
                self.flush()
            rows = self.all(
                f"SELECT {_ENTRY} FROM entries WHERE member = ? AND run = ? AND state IN"
                f" {_schema.PENDING} AND (rank, line, id) > (?, ?, ?) ORDER BY rank, line, id"
                f" LIMIT {_ROWS_AT_ONCE}",
                *(member, self.run, *after),
            )
        return [_entry(row) for row in rows]

    def _mark_sent(self, member: str, after: tuple[Rank, int, int]) -> bool:
        done = self.execute(
            "UPDATE entries SET state = 'sent', sent_at = ?, sent_run = ? WHERE state = 'planned'"
            " AND id IN (SELECT id FROM entries WHERE member = ? AND run = ? AND state IN"
            f" {_schema.PENDING} AND (rank, line, id) > (?, ?, ?) ORDER BY rank, line, id"
            f" LIMIT {_ROWS_AT_ONCE})",
            *(time.time(), self.run, member, self.run, *after),
        )
        return done.rowcount > 0

    def release(self) -> None:
        """Rows that this run marked ``sent`` and came not to are ``planned`` again.

        Only for a run whose requests are all over.
        """
        with self.transaction():
            self.execute(
                "UPDATE entries SET state = 'planned', sent_at = NULL WHERE state = 'sent'"
                " AND sent_run = ?",
                self.run,
            )

    def positions_of(self, member: str, references: Iterable[str]) -> dict[str, Position]:
        """Those of the references that the member's unsettled rows have, and their places."""
        wanted, found = list(references), dict[str, Position]()
        for start in range(0, len(wanted), _VARIABLES):
            some = wanted[start : start + _VARIABLES]
            rows = self.all(
                "SELECT reference, rank, line FROM entries WHERE member = ? AND run = ?"
                f" AND state IN {_schema.PENDING} AND reference IN ({','.join('?' * len(some))})",
                *(member, self.run, *some),
            )
            found |= {reference: _position(rank, line) for reference, rank, line in rows}
        return found

    def note_same_batches(self, names: Iterable[str], batch: str) -> None:
        """Other names of the rows' batch, for this run; none where it is not among them itself."""
        with self._lock:
            self._db.execute("CREATE TEMP TABLE same_batches (name TEXT)")
            self._db.executemany("INSERT INTO same_batches VALUES (?)", ((name,) for name in names))
            # behind the rows, which is three times as quick
            self._db.execute("CREATE INDEX temp.same_batches_by_name ON same_batches (name)")
        self.knows_lines = self.one("SELECT 1 FROM same_batches WHERE name = ?", batch) is not None

    def same_batches(self, names: Iterable[str]) -> set[str]:
        """Those of the names that mean the batch of this run."""
        if not self.knows_lines:
            return set()
        with self._lock:
            return {
                name
                for name in set(names)
                if self.one("SELECT 1 FROM same_batches WHERE name = ?", name) is not None
            }

    def was_appended(self, entry: Entry) -> bool:
        """Whether the row is a line that the file has got since an earlier run."""
        return self.knows_lines and 0 < self._last_before < entry.id

    def created(self, member: str) -> None:
        """This run enrolled the member."""
        self._created.append((member,))

    # --- what became of rows

    def done(self, entry: Entry, outcome: Outcome, transaction: str | None = None) -> None:
        """It stands in the ledger, or needs not."""
        self._settle(entry, "done", outcome=outcome, transaction=transaction)

    def rejected(self, entry: Entry, code: str, message: str) -> None:
        """It was refused for good."""
        self._settle(entry, "rejected", code=code, message=message)

    def not_settled(self, entry: Entry, state: State) -> None:
        """``unknown``, or ``planned`` where VINR cannot have executed it."""
        self._settle(entry, state)

    def _settle(
        self,
        entry: Entry,
        state: State,
        *,
        outcome: Outcome | None = None,
        transaction: str | None = None,
        code: str | None = None,
        message: str | None = None,
    ) -> None:
        run = self.run if state in ("done", "rejected") else None
        values = (state, outcome, transaction, code, message, run, time.time(), entry.id)
        self._settled.append(values)

    @property
    def has_to_flush(self) -> bool:
        """Whether enough was settled, or long enough ago, to be written."""
        if not self._settled:
            return False
        age = time.monotonic() - self._flushed
        return age > _FLUSH_SECONDS or (len(self._settled) >= _FLUSH_ROWS and age > _SHORTEST)

    def flush(self) -> None:
        """Writes what was settled, in one transaction."""
        self._flushed = time.monotonic()  # so that no other worker begins one meanwhile
        with self._lock:
            created = [self._created.popleft() for _ in range(len(self._created))]
            settled = [self._settled.popleft() for _ in range(len(self._settled))]
            self._db.executemany("UPDATE members SET created = 1 WHERE member = ?", created)
            self._db.executemany(_SETTLE, settled)
            self._db.commit()

    # --- what is in it

    def rejections(self) -> Iterator[tuple[int, str, str, str, str]]:
        """The rejected rows of this run: line, reference, original, code, message."""
        after = (-1, 0)
        while True:
            rows = self.all(
                "SELECT line, id, reference, original, error_code, error_message FROM entries"
                " WHERE run = ? AND state = 'rejected' AND (line, id) > (?, ?)"
                f" ORDER BY line, id LIMIT {_ROWS_AT_ONCE}",
                *(self.run, *after),
            )
            for line, _, reference, original, code, message in rows:
                yield line, reference, original, code, message
            if not rows:
                return
            after = rows[-1][:2]


def _prepare(db: sqlite3.Connection) -> None:
    application = db.execute("PRAGMA application_id").fetchone()[0]
    if application != _schema.APPLICATION_ID:
        if db.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]:
            raise sqlite3.DatabaseError("it is another program's")
    elif db.execute("PRAGMA user_version").fetchone()[0] != _schema.FORMAT:
        raise sqlite3.DatabaseError("another version of vinr made it")
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")  # a commit is on disk, also where the power fails
    if application != _schema.APPLICATION_ID:
        db.executescript(
            f"BEGIN IMMEDIATE; {_schema.TABLES}"
            f"PRAGMA application_id = {_schema.APPLICATION_ID};"
            f"PRAGMA user_version = {_schema.FORMAT}; COMMIT;"
        )


def _position(rank: Rank, line: int) -> Position:
    """Compares as SQLite does, numbers before texts."""
    return isinstance(rank, str), rank, line


def _entry(row: tuple[Any, ...]) -> Entry:
    id, line, rank, member, reference, amount, type, reason, metadata, *sent = row
    metadata = None if metadata is None else json.loads(metadata)
    return Entry(id, line, rank, member, reference, amount, type, reason, metadata, *sent)

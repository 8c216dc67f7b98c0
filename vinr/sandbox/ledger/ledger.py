"""The ledger: opens units of work on a store, and runs what is scheduled before each of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator
from contextlib import contextmanager

from ..clock import Clock
from ..ids import Ids
from . import scheduled, snapshot
from .cache import LedgerCache
from .store import Store
from .unit_of_work import UnitOfWork

RecordChanges = Callable[[UnitOfWork], None]


class Ledger:
    """Opens units of work; the changes of each are recorded before it is committed."""

    def __init__(self, store: Store, clock: Clock, ids: Ids, record_changes: RecordChanges) -> None:
        """``record_changes`` writes the events of a unit, in its transaction."""
        self._store = store
        self._clock = clock
        self._ids = ids
        self._record_changes = record_changes
        self._saved_offset = 0.0
        self._cache: LedgerCache | None = None
        self.restore_clock()

    def like_this_on(self, store: Store) -> Ledger:
        """A ledger like this one, on another store and with a clock of its own."""
        return Ledger(store, Clock(), self._ids, self._record_changes)

    def restore_clock(self) -> None:
        """Set the clock to where it was when the store was last written, and drop the cache."""
        with self._store.transaction(write=False) as db:
            self._cache = None
            row: tuple[float] | None = db.execute("SELECT ahead FROM clock").fetchone()
        self._saved_offset = self._clock.offset = row[0] if row else 0.0

    def snapshot(self) -> bytes:
        """Everything, the time included."""
        self.save_clock()
        with self._store.exclusive() as db:
            return snapshot.serialize(db)

    def restore(self, content: bytes) -> None:
        """Replace everything by a snapshot; raises ValueError for bytes that are none."""
        with self._store.exclusive() as db:
            snapshot.deserialize_into(db, content)
        self.restore_clock()

    def save_clock(self) -> None:
        """Write how far the clock was advanced, if that is not written yet."""
        if self._clock_moved:
            with self.write():
                pass  # every write saves the clock

    @property
    def _clock_moved(self) -> bool:
        return self._clock.offset != self._saved_offset

    def check_open(self) -> None:
        """Raises SandboxClosedError once the store is closed."""
        self._store.check_open()

    @contextmanager
    def read(self) -> Generator[UnitOfWork]:
        """A consistent view; what is scheduled by now is written first."""
        while True:
            with self._store.transaction(write=False) as db:
                work = self._unit(db)
                if not self._is_due(work):
                    yield work
                    return
            with self.write():
                pass  # every write runs what is due

    @contextmanager
    def write(self) -> Generator[UnitOfWork]:
        """One change, committed as a whole together with its events, or not at all."""
        with self._store.transaction(write=True) as db:
            work = self._unit(db)
            if self._is_due(work):
                self._run_due(work)
            yield work
            self._record_changes(work)
            if self._clock_moved:
                self._save_clock(db)

    def _is_due(self, work: UnitOfWork) -> bool:
        if work.cache.next_scheduled is None:
            work.cache.next_scheduled = scheduled.next_time(work)
        return work.cache.next_scheduled <= work.now

    def _run_due(self, work: UnitOfWork) -> None:
        for _ in scheduled.run_due(work):
            self._record_changes(work)
            work.changes.clear()
        work.cache.next_scheduled = None

    def _unit(self, db: sqlite3.Connection) -> UnitOfWork:
        version = self._store.version()
        if self._cache is None or self._cache.version != version:
            self._cache = LedgerCache(version)
        return UnitOfWork(db, int(self._clock.time()), self._ids, self._cache)

    def _save_clock(self, db: sqlite3.Connection) -> None:
        offset = self._clock.offset
        db.execute("INSERT OR REPLACE INTO clock (rowid, ahead) VALUES (1, ?)", (offset,))
        self._saved_offset = offset

"""A unit of work: one database transaction at one instant, and what happened in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ..clock import Clock
from ..ids import Ids
from . import snapshot
from .remembered import Remembered
from .store import Store

if TYPE_CHECKING:
    from .accounts import Account
    from .transactions import Transaction


class Fact(NamedTuple):
    """Something that happened to an account or by a transaction, as it was at that moment.

    ``kind`` is ``account.created``, ``account.updated``, ``account.merged``
    or ``transaction.<type>``.
    """

    kind: str
    subject: Account | Transaction


@dataclass(slots=True)
class UnitOfWork:
    """What every function of the ledger works on."""

    db: sqlite3.Connection
    now: int
    """Unix seconds on the sandbox's clock, the same for the whole unit."""
    ids: Ids
    remembered: Remembered
    """What need not be read again."""
    facts: list[Fact] = field(default_factory=list[Fact])
    """In the order in which they happened."""

    def new_key(self, table: str, kind: str) -> str:
        """The key of the next row of a table."""
        sequence = 0
        if self.ids.seeded:
            # rows are never deleted, so this one's number is known before it is written
            [sequence] = self.db.execute(
                f"SELECT ifnull(max(rowid), 0) + 1 FROM {table}"
            ).fetchone()
        return self.ids.key(kind, sequence)


@dataclass(frozen=True, slots=True)
class Hooks:
    """What happens around every unit of work."""

    next_due: Callable[[UnitOfWork], float]
    """Unix seconds when something happens next by itself; infinite where nothing will."""
    settle: Callable[[UnitOfWork], Iterable[None]]
    """Lets it happen, moment by moment."""
    record: Callable[[UnitOfWork], None]
    """Writes down what happened in the unit."""


class Ledger:
    """Opens units of work on a store; the facts of each are recorded before it is committed."""

    def __init__(self, store: Store, clock: Clock, ids: Ids, hooks: Hooks) -> None:
        self._store = store
        self._clock = clock
        self._ids = ids
        self._hooks = hooks
        self._kept_ahead = 0.0
        self._remembered: Remembered | None = None
        self.restore_clock()

    def another(self, store: Store) -> Ledger:
        """One like this one on a store of its own, with a clock of its own."""
        return Ledger(store, Clock(), self._ids, self._hooks)

    def restore_clock(self) -> None:
        """Put the clock where it was when the store was last written; read all of it anew."""
        with self._store.transaction(write=False) as db:
            self._remembered = None
            row: tuple[float] | None = db.execute("SELECT ahead FROM clock").fetchone()
        self._kept_ahead = self._clock.ahead = row[0] if row else 0.0

    def snapshot(self) -> bytes:
        """Everything, the time included."""
        self.keep_time()
        with self._store.alone() as db:
            return snapshot.taken(db)

    def restore(self, taken: bytes) -> None:
        """Put a snapshot in place of everything; ValueError for what is none."""
        with self._store.alone() as db:
            snapshot.put_back(db, taken)
        self.restore_clock()

    def keep_time(self) -> None:
        """Write where the clock is."""
        if self._clock_moved:
            with self.write():
                pass  # the time is kept with whatever is written

    @property
    def _clock_moved(self) -> bool:
        return self._clock.ahead != self._kept_ahead

    def check_open(self) -> None:
        """Raises SandboxClosedError once the store is closed."""
        self._store.check_open()

    @contextmanager
    def read(self) -> Generator[UnitOfWork]:
        """A consistent view that changes nothing but what time brings."""
        while True:
            with self._store.transaction(write=False) as db:
                work = self._unit(db)
                if not self._is_due(work):
                    yield work
                    return
            with self.write():
                pass  # what time brings is written before anything is read

    @contextmanager
    def write(self) -> Generator[UnitOfWork]:
        """One change, committed as a whole with its events, or not at all."""
        with self._store.transaction(write=True) as db:
            work = self._unit(db)
            if self._is_due(work):
                self._settle(work)
            yield work
            self._hooks.record(work)
            if self._clock_moved:
                self._keep_clock(db)

    def _is_due(self, work: UnitOfWork) -> bool:
        if work.remembered.next_due is None:
            work.remembered.next_due = self._hooks.next_due(work)
        return work.remembered.next_due <= work.now

    def _settle(self, work: UnitOfWork) -> None:
        for _ in self._hooks.settle(work):
            self._hooks.record(work)
            work.facts.clear()
        work.remembered.next_due = None

    def _unit(self, db: sqlite3.Connection) -> UnitOfWork:
        version = self._store.version()
        if self._remembered is None or self._remembered.version != version:
            self._remembered = Remembered(version)
        return UnitOfWork(db, int(self._clock.time()), self._ids, self._remembered)

    def _keep_clock(self, db: sqlite3.Connection) -> None:
        ahead = self._clock.ahead
        db.execute("INSERT OR REPLACE INTO clock (rowid, ahead) VALUES (1, ?)", (ahead,))
        self._kept_ahead = ahead

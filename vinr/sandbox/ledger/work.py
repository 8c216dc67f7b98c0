"""A unit of work: one database transaction at one instant, and what happened in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..clock import Clock
from ..ids import Ids
from .store import Store

if TYPE_CHECKING:
    from ..programs import Program
    from .accounts import Account
    from .transactions import Transaction


@dataclass(frozen=True, slots=True)
class Fact:
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
    facts: list[Fact] = field(default_factory=list[Fact])
    """In the order in which they happened."""
    programs: dict[str, Program] = field(default_factory=dict[str, "Program"])
    """Those read so far."""

    def new_key(self, table: str, kind: str) -> str:
        """The key of the next row of a table."""
        sequence = 0
        if self.ids.seeded:
            # rows are never deleted, so this one's number is known before it is written
            [sequence] = self.db.execute(
                f"SELECT ifnull(max(rowid), 0) + 1 FROM {table}"
            ).fetchone()
        return self.ids.key(kind, sequence)


class Ledger:
    """Opens units of work on a store; the facts of each are recorded before it is committed."""

    def __init__(
        self, store: Store, clock: Clock, ids: Ids, record: Callable[[UnitOfWork], None]
    ) -> None:
        self._store = store
        self._clock = clock
        self._ids = ids
        self._record = record

    def check_open(self) -> None:
        """Raises SandboxClosedError once the store is closed."""
        self._store.check_open()

    @contextmanager
    def read(self) -> Generator[UnitOfWork]:
        """A consistent view that changes nothing."""
        with self._store.transaction(write=False) as db:
            yield UnitOfWork(db, int(self._clock.time()), self._ids)

    @contextmanager
    def write(self) -> Generator[UnitOfWork]:
        """One change, committed as a whole with its events, or not at all."""
        with self._store.transaction(write=True) as db:
            work = UnitOfWork(db, int(self._clock.time()), self._ids)
            yield work
            self._record(work)

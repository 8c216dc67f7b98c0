"""A unit of work: one database transaction at one instant, and the changes made in it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from typing import NamedTuple

from ..ids import Ids
from .cache import LedgerCache
from .rows import AccountRow, CustomerRow, TransactionRow


class LedgerChange(NamedTuple):
    """A change of one account or customer, or a new transaction, as it was at that moment.

    ``kind`` is ``account.created``, ``account.updated``, ``account.merged``,
    ``customer.created``, ``customer.updated``, ``customer.deleted``
    or ``transaction.<type>``. Events are made from changes.
    """

    kind: str
    subject: AccountRow | CustomerRow | TransactionRow


@dataclass(slots=True)
class UnitOfWork:
    """What every function of the ledger reads and writes through."""

    db: sqlite3.Connection
    now: int
    """Unix seconds on the sandbox's clock, the same for the whole unit."""
    ids: Ids
    cache: LedgerCache
    changes: list[LedgerChange] = field(default_factory=list[LedgerChange])
    """In the order in which they were made."""

    def new_key(self, table: str, kind: str) -> str:
        """The key of the next row of a table."""
        sequence = 0
        if self.ids.seeded:
            # Rows of these tables are never deleted, so the next row's number is known.
            [sequence] = self.db.execute(
                f"SELECT ifnull(max(rowid), 0) + 1 FROM {table}"
            ).fetchone()
        return self.ids.key(kind, sequence)

"""Reports over the ledger: points movement, liability, statements, reconciliation.

from vinr import Vinr, reports

report = reports.fetch_points_movement(Vinr(), program="prog_default")

Those that begin with ``fetch`` read through a client, ``async_fetch`` through an async one; the
others compute the same from entries and members that you have.
"""

from __future__ import annotations

from ._async.fetching import (
    async_fetch_member_statement,
    async_fetch_points_liability,
    async_fetch_points_movement,
    async_fetch_reconciliation,
)
from ._sync.fetching import (
    fetch_member_statement,
    fetch_points_liability,
    fetch_points_movement,
    fetch_reconciliation,
)
from .entries import Entry, Kind, Member, kind_of
from .liability import Liability, points_liability
from .movement import MovementReport, PeriodMovement, points_movement
from .reconciliation import Drift, Reconciliation, reconcile
from .statement import Statement, StatementLine, member_statement
from .untimed import Untimed

__all__ = [
    "Drift",
    "Entry",
    "Kind",
    "Liability",
    "Member",
    "MovementReport",
    "PeriodMovement",
    "Reconciliation",
    "Statement",
    "StatementLine",
    "Untimed",
    "async_fetch_member_statement",
    "async_fetch_points_liability",
    "async_fetch_points_movement",
    "async_fetch_reconciliation",
    "fetch_member_statement",
    "fetch_points_liability",
    "fetch_points_movement",
    "fetch_reconciliation",
    "kind_of",
    "member_statement",
    "points_liability",
    "points_movement",
    "reconcile",
]

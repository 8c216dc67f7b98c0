"""Bulk work that is exactly once: postings and enrolments from files, and an outbox.

from vinr import Vinr, bulk

result = bulk.adjust(Vinr(), "bonus.csv", program="prog_default", key="ticket")
"""

from __future__ import annotations

from ._async.adjust import async_adjust, async_enrol
from ._sync.adjust import adjust, enrol
from .errors import (
    BulkStoppedError,
    FileChangedError,
    JournalError,
    JournalInUseError,
    OutboxFullError,
)
from .outbox import Outbox, OutboxEntry
from .result import BulkResult, Progress, Rejection

__all__ = [
    "BulkResult",
    "BulkStoppedError",
    "FileChangedError",
    "JournalError",
    "JournalInUseError",
    "Outbox",
    "OutboxEntry",
    "OutboxFullError",
    "Progress",
    "Rejection",
    "adjust",
    "async_adjust",
    "async_enrol",
    "enrol",
]

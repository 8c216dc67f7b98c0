"""Answers kept by idempotency key, written in the transaction of the change they report."""

import math
from typing import Final

from .rows import KeptAnswerRow
from .unit_of_work import UnitOfWork

KEPT_SECONDS: Final = 24 * 60 * 60
"""How long an answer is kept.

Source: our choice.
"""


def find(work: UnitOfWork, scope: bytes) -> KeptAnswerRow | None:
    """The answer kept under a scope: a digest of the key and of what it is a key for."""
    row: tuple[bytes, int, bytes] | None = work.db.execute(
        "SELECT fingerprint, status, body FROM idempotency WHERE scope = ? AND created > ?",
        (scope, work.now - KEPT_SECONDS),
    ).fetchone()
    return None if row is None else KeptAnswerRow(*row)


def keep(work: UnitOfWork, scope: bytes, answer: KeptAnswerRow) -> None:
    """Keep an answer until it expires; it replaces one of the same scope that has expired."""
    work.db.execute(
        "INSERT OR REPLACE INTO idempotency (scope, fingerprint, status, body, created)"
        " VALUES (?, ?, ?, ?, ?)",
        (scope, *answer, work.now),
    )
    work.cache.schedule(work.now + KEPT_SECONDS)


def delete_expired(work: UnitOfWork) -> None:
    """Delete the answers that have expired.

    Answers are inserted in the order of time, so only those that are deleted have to be looked at.
    """
    work.db.execute(
        "DELETE FROM idempotency WHERE rowid < ifnull("
        "(SELECT rowid FROM idempotency WHERE created > ? ORDER BY rowid LIMIT 1), 1 << 62)",
        (work.now - KEPT_SECONDS,),
    )


def next_expiry(work: UnitOfWork) -> float:
    """Unix seconds when the first answer expires; infinite where none is kept."""
    row: tuple[int] | None = work.db.execute(
        "SELECT created FROM idempotency ORDER BY rowid LIMIT 1"
    ).fetchone()
    return math.inf if row is None else row[0] + KEPT_SECONDS

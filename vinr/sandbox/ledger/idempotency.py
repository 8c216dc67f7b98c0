"""Answers kept by idempotency key, written in the transaction of the change they report."""

from typing import Final

from .rows import KeptAnswerRow
from .unit_of_work import UnitOfWork

KEPT_SECONDS: Final = 24 * 60 * 60
"""How long an answer is kept (our choice)."""


def find(work: UnitOfWork, scope: bytes) -> KeptAnswerRow | None:
    """The answer kept under a scope: a digest of the key and of what it is a key for."""
    row: tuple[bytes, int, bytes] | None = work.db.execute(
        "SELECT fingerprint, status, body FROM idempotency WHERE scope = ? AND created > ?",
        (scope, work.now - KEPT_SECONDS),
    ).fetchone()
    return None if row is None else KeptAnswerRow(*row)


def keep(work: UnitOfWork, scope: bytes, answer: KeptAnswerRow) -> None:
    """Keep an answer; it replaces one of the same scope that has expired."""
    work.db.execute(
        "INSERT OR REPLACE INTO idempotency (scope, fingerprint, status, body, created)"
        " VALUES (?, ?, ?, ?, ?)",
        (scope, *answer, work.now),
    )


def delete_expired(work: UnitOfWork) -> None:
    """Delete the answers that have expired."""
    work.db.execute("DELETE FROM idempotency WHERE created <= ?", (work.now - KEPT_SECONDS,))

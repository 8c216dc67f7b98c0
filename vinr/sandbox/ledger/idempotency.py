"""Answers kept by idempotency key, in the same transaction as the effect they tell of."""

from typing import Final, NamedTuple

from .work import UnitOfWork

WINDOW_SECONDS: Final = 24 * 60 * 60
"""How long an answer is kept (our choice)."""


class Record(NamedTuple):
    """The first answer to a key, and the fingerprint of the payload that it answered."""

    fingerprint: bytes
    status: int
    body: bytes


def find(work: UnitOfWork, scope: bytes) -> Record | None:
    """The answer kept under a scope: a key, together with what it is a key for."""
    row: tuple[bytes, int, bytes] | None = work.db.execute(
        "SELECT fingerprint, status, body FROM idempotency WHERE scope = ? AND created > ?",
        (scope, work.now - WINDOW_SECONDS),
    ).fetchone()
    return None if row is None else Record(*row)


def keep(work: UnitOfWork, scope: bytes, record: Record) -> None:
    """Keep an answer, in place of one whose window is over."""
    work.db.execute(
        "INSERT OR REPLACE INTO idempotency (scope, fingerprint, status, body, created)"
        " VALUES (?, ?, ?, ?, ?)",
        (scope, record.fingerprint, record.status, record.body, work.now),
    )


def forget_old(work: UnitOfWork) -> None:
    """Drop the answers whose window is over."""
    work.db.execute("DELETE FROM idempotency WHERE created <= ?", (work.now - WINDOW_SECONDS,))

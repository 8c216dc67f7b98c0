"""Fills a journal with the rows of a run, and tells which of them are settled already."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from ..errors import InvalidRequestError
from .errors import FileChangedError, JournalError
from .files import NumberedRow, Problem, digest, digests_of_lines
from .journal import Journal
from .rows import Posting, Reading

_LABEL: Final = 16
"""Hexadecimal digits of a file's digest in its rows' references."""
_INSERT: Final = """
INSERT INTO entries (run, line, rank, member, reference, amount, type, reason, metadata, original,
    state)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'planned')"""
_REFUSE: Final = """
INSERT INTO entries (run, line, member, reference, amount, type, original, state, error_code,
    error_message, settled_run)
VALUES (?, ?, '', ?, 0, '', ?, 'rejected', ?, ?, ?)
ON CONFLICT (member, reference) DO UPDATE SET run = excluded.run, line = excluded.line,
    original = excluded.original, error_code = excluded.error_code,
    error_message = excluded.error_message"""
_SAME_CUSTOMER: Final = """
INSERT INTO entries (run, line, member, reference, amount, type, original, state, outcome)
VALUES (?, ?, '', ?, 0, '', ?, 'done', 'already_there')
ON CONFLICT (member, reference) DO UPDATE SET run = excluded.run"""
_KEEP: Final = "UPDATE entries SET run = ?, line = ?, rank = ? WHERE id = ?"
_CHANGE: Final = """
UPDATE entries SET run = ?, line = ?, rank = ?, amount = ?, type = ?, reason = ?, metadata = ?,
    original = ?, state = CASE WHEN state IN ('rejected', 'done') THEN 'planned' ELSE state END,
    outcome = NULL, error_code = NULL, error_message = NULL, settled_run = NULL
WHERE id = ?"""


def check_purpose(journal: Journal, purpose: Mapping[str, str]) -> None:
    """What a journal says is true for one service, program and kind of work alone."""
    for name, value in purpose.items():
        noted = journal.about(name)
        if noted is None:
            journal.note(name, value)
        elif noted != value:
            raise JournalError(
                f"{journal.path} is of another {name}: {noted}, and not {value}; nothing was sent."
                " Other work needs a journal of its own: copy the file under another name, pass"
                " journal=, or take another outbox"
            )


def bind_to_service(journal: Journal, service: str) -> None:
    """As ``check_purpose``, once the service may have done something of what the journal has.

    Until then a wrong address was a mistake without consequences: the right one takes its place.
    """
    decided = journal.one(
        "SELECT 1 FROM entries WHERE state IN ('sent', 'unknown')"
        " OR (state IN ('done', 'rejected') AND sent_at IS NOT NULL) LIMIT 1"
    )
    if decided is not None or journal.about("has decided"):
        check_purpose(journal, {"service": service})
        journal.note("has decided", "1")  # entries may be deleted later
    journal.note("service", service)


def batch_of_file(journal: Journal, path: Path, *, by_line: bool) -> str:
    """The name of the file's rows: as noted, else the digest of its content as first seen.

    Lines may be appended to a file that is known. Where rows are told apart by their lines, any
    other change raises FileChangedError.
    """
    batch, known = journal.about("batch"), journal.about("digest")
    length = int(journal.about("length") or 0)
    whole, size, _ = digest(path)
    if batch is None:
        batch = whole[:_LABEL]
        journal.note("batch", batch)
    elif (
        known is not None
        and by_line
        and whole != known
        and digest(path, length) != (known, length, True)
    ):
        raise FileChangedError(
            f"{path} was changed after it was imported, not only by lines at its end, and its rows"
            " are told apart by their line numbers; nothing was sent. Name a column that tells them"
            " apart (key=), or a new batch for other work (batch= and journal=)"
        )
    journal.note("digest", whole)
    journal.note("length", str(size))
    return batch


def note_shorter_batches(journal: Journal, path: Path, batch: str) -> None:
    """Notes what the rows' batch was called wherever the file was imported with fewer lines.

    Without its journal a file that grew has a new batch, and the ledgers have its older rows by the
    old one. A batch that was named by hand is meant to be another one.
    """
    journal.note_same_batches((found[:_LABEL] for found in digests_of_lines(path)), batch)


def plan(
    journal: Journal, rows: Iterable[NumberedRow], reading: Reading, *, program: str | None
) -> None:
    """Writes every row into the journal; rows that it knows keep their state."""
    for row in rows:
        posting = reading.posting(row)
        original = json.dumps(dict(row.values), ensure_ascii=False, default=str)
        if isinstance(posting, Problem):
            _refuse(journal, row, posting, original, reading)
            continue
        if posting.customer is not None and program is None:
            raise InvalidRequestError(
                "rows name customers, so program= must say where they are members; nothing was"
                " sent",
                param="program",
            )
        _plan(journal, row, posting, original, reading)


def _plan(
    journal: Journal, row: NumberedRow, posting: Posting, original: str, reading: Reading
) -> None:
    member = f"account {posting.account}" if posting.account else f"customer {posting.customer}"
    metadata = json.dumps(dict(posting.metadata), ensure_ascii=False) if posting.metadata else None
    content = (posting.amount, posting.type, posting.reason, metadata)
    place = (journal.run, row.line, posting.rank)
    found = journal.one(
        "SELECT id, run, line, state, outcome, amount, type, reason, metadata FROM entries"
        " WHERE member = ? AND reference = ?",
        *(member, posting.reference),
    )
    if found is None:
        entry = (*place, member, posting.reference, *content, original)
        journal.execute(_INSERT, *entry)
        return
    id, run, line, state, outcome, *before = found
    is_posted = state == "done" and outcome != "skipped"  # of 0 points nothing was posted
    if run == journal.run and reading.enrols:
        journal.execute(_SAME_CUSTOMER, journal.run, row.line, f"line {row.line}", original)
    elif run == journal.run:
        message = f"line {line} has this key too: {posting.reference!r}"
        _refuse(journal, row, Problem("key_repeated", message), original, reading)
    elif is_posted and before[0] != posting.amount:
        message = (
            f"{posting.reference!r} was posted before with an amount of {before[0]}; a correction"
            " needs a key of its own"
        )
        _refuse(journal, row, Problem("idempotency_conflict", message), original, reading)
    elif is_posted or tuple(before) == content:
        journal.execute(_KEEP, *place, id)
    else:
        journal.execute(_CHANGE, *place, *content, original, id)


def _refuse(
    journal: Journal, row: NumberedRow, problem: Problem, original: str, reading: Reading
) -> None:
    reference = f"line {row.line}" if reading.key else reading.reference_of_line(row.line)
    values = (journal.run, row.line, reference, original, problem.code, problem.message)
    journal.execute(_REFUSE, *values, journal.run)

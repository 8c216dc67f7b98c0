# Generated from vinr/export/_async/reading.py; do not edit.
"""The pages that an export reads, each with the cursor behind it."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass

from ..._ledgers._sync.ledgers import PAGE, read_ledgers
from ..._models.model import Model
from ..._models.transaction import Transaction
from ..._sync.client import Vinr
from ..._sync.pages import Page
from ..part_file import Cursor


@dataclass(frozen=True, slots=True)
class Chunk:
    """Items to be kept together with the cursor."""

    items: Sequence[Model]
    cursor: Cursor
    total: int | None = None
    """About how many items the whole list has, where VINR says so."""
    last: bool = False
    """Whether the list ends here."""


def read_members(
    client: Vinr, program: str | None, status: str | None, cursor: Cursor
) -> Generator[Chunk]:
    """The members behind a cursor, newest first."""
    members = client.loyalty.accounts.list(
        program=program, status=status, limit=PAGE, starting_after=cursor.after
    )
    with closing(members.pages()) as pages:
        for page in pages:
            yield _chunk(page, None)


def read_entries(client: Vinr, account: str | None, cursor: Cursor) -> Generator[Chunk]:
    """The entries of a member, or of all, behind a cursor, newest first."""
    entries = client.loyalty.transactions.list(
        account=account, limit=PAGE, starting_after=cursor.after
    )
    return _chunks(account, entries.pages())


def read_program(client: Vinr, program: str, workers: int, cursor: Cursor) -> Generator[Chunk]:
    """The entries of a program's members behind a cursor, member by member."""
    if cursor.account is not None and cursor.after is not None:
        with closing(read_entries(client, cursor.account, cursor)) as chunks:
            for chunk in chunks:
                yield Chunk(chunk.items, chunk.cursor)
    ledgers = read_ledgers(client, program=program, workers=workers, starting_after=cursor.account)
    with closing(ledgers):
        for ledger in ledgers:
            with closing(_chunks(ledger.account.id, ledger.entries.pages())) as chunks:
                for chunk in chunks:
                    yield Chunk(chunk.items, chunk.cursor)


def _chunks(account: str | None, pages: Generator[Page[Transaction]]) -> Generator[Chunk]:
    with closing(pages):
        for page in pages:
            yield _chunk(page, account)


def _chunk(page: Page[Model], account: str | None) -> Chunk:
    cursor = Cursor(account, page.next_cursor)
    return Chunk(page.data, cursor, page.total_estimate, last=cursor.after is None)

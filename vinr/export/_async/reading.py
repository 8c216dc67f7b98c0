"""The pages that an export reads, each with the cursor behind it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from ..._async.client import AsyncVinr
from ..._async.pages import AsyncPage
from ..._ledgers._async.ledgers import PAGE, read_ledgers
from ..._models.model import Model
from ..._models.transaction import Transaction
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


async def read_members(
    client: AsyncVinr, program: str | None, status: str | None, cursor: Cursor
) -> AsyncGenerator[Chunk]:
    """The members behind a cursor, newest first."""
    members = client.loyalty.accounts.list(
        program=program, status=status, limit=PAGE, starting_after=cursor.after
    )
    async with aclosing(members.pages()) as pages:
        async for page in pages:
            yield _chunk(page, None)


def read_entries(client: AsyncVinr, account: str | None, cursor: Cursor) -> AsyncGenerator[Chunk]:
    """The entries of a member, or of all, behind a cursor, newest first."""
    entries = client.loyalty.transactions.list(
        account=account, limit=PAGE, starting_after=cursor.after
    )
    return _chunks(account, entries.pages())


async def read_program(
    client: AsyncVinr, program: str, workers: int, cursor: Cursor
) -> AsyncGenerator[Chunk]:
    """The entries of a program's members behind a cursor, member by member."""
    if cursor.account is not None and cursor.after is not None:
        async with aclosing(read_entries(client, cursor.account, cursor)) as chunks:
            async for chunk in chunks:
                yield Chunk(chunk.items, chunk.cursor)
    ledgers = read_ledgers(client, program=program, workers=workers, starting_after=cursor.account)
    async with aclosing(ledgers):
        async for ledger in ledgers:
            async with aclosing(_chunks(ledger.account.id, ledger.entries.pages())) as chunks:
                async for chunk in chunks:
                    yield Chunk(chunk.items, chunk.cursor)


async def _chunks(
    account: str | None, pages: AsyncGenerator[AsyncPage[Transaction]]
) -> AsyncGenerator[Chunk]:
    async with aclosing(pages):
        async for page in pages:
            yield _chunk(page, account)


def _chunk(page: AsyncPage[Model], account: str | None) -> Chunk:
    cursor = Cursor(account, page.next_cursor)
    return Chunk(page.data, cursor, page.total_estimate, last=cursor.after is None)

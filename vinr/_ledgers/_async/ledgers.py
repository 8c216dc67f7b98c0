"""Member by member through a program, each with the ledger behind the balance.

VINR documents no list of all entries of one program, so its members are listed, and the entries of
each. That takes a request for each member at least; several members are asked for at a time.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial
from typing import Final

from ..._async.client import AsyncVinr
from ..._async.pages import AsyncPage
from ..._models.account import PlainAccount
from ..._models.transaction import Transaction
from ...errors import InvalidRequestError
from ..progress import OnProgress
from ._concurrency import together

PAGE: Final = 100
"""Items a page, the most that VINR gives."""
MOST_WORKERS: Final = 64


@dataclass(frozen=True, slots=True)
class AsyncMemberLedger:
    """A member, and the first page of the member's entries, newest first."""

    account: PlainAccount
    entries: AsyncPage[Transaction]


async def read_ledgers(
    client: AsyncVinr,
    *,
    program: str | None,
    workers: int,
    starting_after: str | None = None,
    on_progress: OnProgress | None = None,
) -> AsyncGenerator[AsyncMemberLedger]:
    """Every member, newest first, whatever the status; ``workers`` ledgers are asked for at a time.

    Not more than ``workers`` pages are held at once. ``starting_after`` is a member's id.
    """
    check_workers(workers)
    members = client.loyalty.accounts.list(
        program=program, limit=PAGE, starting_after=starting_after
    )
    done = 0
    async with aclosing(members.pages()) as pages:
        async for page in pages:
            for start in range(0, len(page.data), workers):
                accounts = page.data[start : start + workers]
                calls = [partial(first_page, client, account.id) for account in accounts]
                for account, entries in zip(accounts, await together(calls), strict=True):
                    yield AsyncMemberLedger(account, entries)
                    done += 1
                    if on_progress is not None:
                        on_progress(done, page.total_estimate)


async def first_page(client: AsyncVinr, account: str) -> AsyncPage[Transaction]:
    """The newest entries of a member."""
    return await client.loyalty.transactions.list(account=account, limit=PAGE)


def check_workers(workers: int) -> None:
    """Raises InvalidRequestError for a number that is too low or too high."""
    if not 1 <= workers <= MOST_WORKERS:
        raise InvalidRequestError(
            f"workers must be 1 to {MOST_WORKERS}, not {workers}; nothing was sent", param="workers"
        )

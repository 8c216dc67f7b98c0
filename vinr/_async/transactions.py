"""``client.loyalty.transactions``: the ledger, in the guide's dialect."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from .._calls import transactions as calls
from .._calls.pages import Window
from .._calls.post_once import post_once
from .._calls.transactions import TRANSACTIONS
from .._keywords import names_near_keywords
from .._models.transaction import Transaction
from .driver import AsyncDriver
from .paginator import AsyncPaginator


@names_near_keywords
class AsyncTransactions:
    """Read the ledger and post corrections to it; entries are immutable.

    Every method raises InvalidRequestError for arguments that VINR could only refuse, before
    anything is sent, and one of the other VinrErrors where the call fails.
    """

    def __init__(self, driver: AsyncDriver) -> None:
        self._driver = driver

    async def create(
        self,
        *,
        account: str,
        amount: int,
        type: str = "adjust",
        reason: str | None = None,
        metadata: Mapping[str, str] | None = None,
        idempotency_key: str | None = None,
    ) -> Transaction:
        """Grants (amount above zero) or takes (below zero) so many points.

        Pass your own ``idempotency_key`` (a ticket, an invoice) and a repeated call posts
        nothing more for as long as VINR keeps the key: VINR documents no time, and the sandbox
        keeps it for 24 hours. ``post_once`` is safe for good. UnprocessableError with code
        ``insufficient_points`` where the balance would fall below zero.

        Source: VINR's guide.
        """
        call = calls.create(
            account=account,
            amount=amount,
            type=type,
            reason=reason,
            metadata=metadata,
            idempotency_key=idempotency_key,
        )
        return await self._driver.send(call)

    async def post_once(
        self,
        *,
        account: str,
        amount: int,
        reference: str,
        type: str = "adjust",
        reason: str | None = None,
        metadata: Mapping[str, str] | None = None,
        since: datetime | None = None,
    ) -> tuple[Transaction, bool]:
        """Posts so many points under a reference once for good: the entry, and whether posted now.

        An entry of the member whose metadata has this ``reference`` already comes back as it is,
        with False; IdempotencyConflictError where it has another amount. Of many callers at once
        with one API key one posts; where its answer was lost, two may be told True. The ledger is
        read first, newest entries first: one request for each hundred entries. ``since`` (an aware
        datetime) ends that search at older entries; no posting with this reference may be older.
        After an error, the same call again settles what happened.

        Source: our choice.
        """
        plan = post_once(
            account=account,
            amount=amount,
            reference=reference,
            type=type,
            reason=reason,
            metadata=metadata,
            since=since,
        )
        return await self._driver.run(plan)

    async def retrieve(self, id: str) -> Transaction:
        """The entry by its id."""
        return await self._driver.send(TRANSACTIONS.retrieve(id))

    def list(
        self,
        *,
        account: str | None = None,
        type: str | None = None,
        limit: int | None = None,
        starting_after: str | None = None,
        ending_before: str | None = None,
        max_items: int | None = None,
        prefetch: int = 0,
    ) -> AsyncPaginator[Transaction]:
        """Entries, newest first; await it for the first page, or iterate all of them.

        ``limit`` is the size of a page, 1 to 100; ``starting_after`` and ``ending_before``
        are cursors; ``max_items`` ends the iteration; ``prefetch=1`` fetches one page ahead.
        """
        window = Window(
            limit=limit,
            starting_after=starting_after,
            ending_before=ending_before,
            max_items=max_items,
            prefetch=prefetch,
        )
        listing = calls.list_(account=account, type=type, window=window)
        return AsyncPaginator.fetch(self._driver, listing)

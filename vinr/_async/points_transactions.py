"""``client.points_transactions``: the ledger, in the reference's dialect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from typing_extensions import Unpack

from .._calls import points_transactions as calls
from .._calls.expand import ExpandAccount
from .._calls.pages import Window
from .._calls.points_transactions import (
    POINTS_TRANSACTIONS,
    NewPointsTransaction,
    PointsTransactionFilters,
)
from .._keywords import names_near_keywords
from .._models.points_transaction import (
    PlainPointsTransaction,
    PointsTransaction,
    PointsTransactionWithAccount,
)
from .driver import AsyncDriver
from .paginator import AsyncPaginator, fetch


@names_near_keywords
class AsyncPointsTransactions:
    """Read the ledger and post corrections to it; entries are immutable.

    ``expand=["loyalty_account"]`` brings the account with its balance instead of its id.

    Source: VINR's reference.
    """

    def __init__(self, driver: AsyncDriver) -> None:
        self._driver = driver

    @overload
    async def create(
        self, *, expand: None = None, **new: Unpack[NewPointsTransaction]
    ) -> PlainPointsTransaction: ...
    @overload
    async def create(
        self, *, expand: ExpandAccount, **new: Unpack[NewPointsTransaction]
    ) -> PointsTransactionWithAccount: ...
    @overload
    async def create(
        self, *, expand: Sequence[str], **new: Unpack[NewPointsTransaction]
    ) -> PointsTransaction: ...
    async def create(
        self,
        *,
        loyalty_account: str,
        amount: int,
        type: str,
        reason: str | None = None,
        expand: Sequence[str] | None = None,
        idempotency_key: str | None = None,
    ) -> PointsTransaction:
        """Grants (``credit``) or takes (``debit``) so many points.

        Args:
            loyalty_account: The member's id, ``la_…``.
            amount: Points, above zero.
            type: ``credit`` or ``debit``.
            reason: Why, in your words.
            expand: ``loyalty_account``: the account with its balance in the place of its id.
            idempotency_key: Your own, such as ``ticket-4821``; one is made if left out.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            UnprocessableError: The balance does not suffice (code ``insufficient_points``), or the
                account is closed or merged.
            VinrError: The call failed; ``outcome_unknown`` tells whether it may have been executed.

        Example:
            ```python
            entry = await client.points_transactions.create(
                loyalty_account=account, amount=20, type="credit", reason="birthday"
            )
            ```

        Source: VINR's reference.
        """
        call = calls.create(
            loyalty_account=loyalty_account,
            amount=amount,
            type=type,
            reason=reason,
            expand=expand,
            idempotency_key=idempotency_key,
        )
        return await self._driver.send(call)

    @overload
    async def retrieve(self, id: str, *, expand: None = None) -> PlainPointsTransaction: ...
    @overload
    async def retrieve(self, id: str, *, expand: ExpandAccount) -> PointsTransactionWithAccount: ...
    @overload
    async def retrieve(self, id: str, *, expand: Sequence[str]) -> PointsTransaction: ...
    async def retrieve(self, id: str, *, expand: Sequence[str] | None = None) -> PointsTransaction:
        """The entry by its id.

        Args:
            id: ``pt_…``.
            expand: ``loyalty_account``: the account with its balance in the place of its id.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            NotFoundError: There is no such object, or not for this key.
            VinrError: The call failed: no connection, a refusal, an answer that cannot be read.

        Source: VINR's reference.
        """
        return await self._driver.send(POINTS_TRANSACTIONS.retrieve(id, expand))

    @overload
    def list(
        self, *, expand: None = None, **filters: Unpack[PointsTransactionFilters]
    ) -> AsyncPaginator[PlainPointsTransaction]: ...
    @overload
    def list(
        self, *, expand: ExpandAccount, **filters: Unpack[PointsTransactionFilters]
    ) -> AsyncPaginator[PointsTransactionWithAccount]: ...
    @overload
    def list(
        self, *, expand: Sequence[str], **filters: Unpack[PointsTransactionFilters]
    ) -> AsyncPaginator[PointsTransaction]: ...
    def list(
        self,
        *,
        loyalty_account: str | None = None,
        type: str | None = None,
        expand: Sequence[str] | None = None,
        limit: int | None = None,
        starting_after: str | None = None,
        ending_before: str | None = None,
        max_items: int | None = None,
        prefetch: int = 0,
    ) -> AsyncPaginator[PointsTransaction]:
        """Entries, newest first; await it for the first page, or iterate all of them.

        Args:
            loyalty_account: The member's id; of all members if left out.
            type: ``credit`` or ``debit``; both if left out.
            expand: ``loyalty_account``: the account with its balance in the place of its id.
            limit: Size of a page, 1 to 100; VINR's own if left out.
            starting_after: An id: the list goes on behind it.
            ending_before: An id: what stands before it in the list.
            max_items: Ends the iteration after so many.
            prefetch: 1 fetches the next page while you work on this one.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            VinrError: A page did not come, or the list does not end (PaginationError).

        Source: VINR's reference.
        """
        window = Window(
            limit=limit,
            starting_after=starting_after,
            ending_before=ending_before,
            max_items=max_items,
            prefetch=prefetch,
        )
        listing = calls.list_(
            loyalty_account=loyalty_account, type=type, expand=expand, window=window
        )
        return fetch(self._driver, listing)

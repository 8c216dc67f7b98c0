# Generated from vinr/_async/transactions.py; do not edit.
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
from .driver import Driver
from .pages import Page, fetch


@names_near_keywords
class Transactions:
    """Read the ledger and post corrections to it; entries are immutable.

    Source: VINR's guide.
    """

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    def create(
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

        With your own ``idempotency_key`` a repeated call posts nothing more for as long as VINR
        keeps the key: VINR documents no time, and the sandbox keeps it for 24 hours. ``post_once``
        is safe for good.

        Args:
            account: The member's id, ``loy_…``.
            amount: Signed points, not zero.
            type: Of the entry; ``adjust`` is what VINR documents for postings by hand.
            reason: Why, in your words, such as ``goodwill_credit``.
            metadata: Your own texts by name, at most 50.
            idempotency_key: Your own, such as ``ticket-4821``; one is made if left out.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            UnprocessableError: The balance does not suffice (code ``insufficient_points``), or the
                account is closed or merged.
            VinrError: The call failed; ``outcome_unknown`` tells whether it may have been executed.

        Example:
            ```python
            entry = client.loyalty.transactions.create(
                account=account, amount=500, reason="goodwill_credit", idempotency_key="ticket-4821"
            )
            ```

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
        return self._driver.send(call)

    def post_once(
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
        with False. Of many callers at once with one API key one posts; where its answer was lost,
        two may be told True. The ledger is read first, newest entries first: one request for each
        hundred entries. After an error, the same call again settles what happened.

        Args:
            account: The member's id, ``loy_…``.
            amount: Signed points, not zero.
            reference: Your name for the cause, such as a ticket or an invoice.
            type: Of the entry; ``adjust`` is what VINR documents for postings by hand.
            reason: Why, in your words.
            metadata: Your own texts by name, at most 49 beside the reference.
            since: Ends the search at older entries, an aware datetime; no posting with this
                reference may be older.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            IdempotencyConflictError: The reference is taken by an entry of another amount.
            UnprocessableError: The balance does not suffice (code ``insufficient_points``), or the
                account is closed or merged.
            VinrError: The call failed; repeat it as it is, and nothing is posted twice.

        Example:
            ```python
            entry, posted = client.loyalty.transactions.post_once(
                account=account, amount=500, reference="ticket-4822", reason="goodwill_credit"
            )
            ```

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
        return self._driver.run(plan)

    def retrieve(self, id: str) -> Transaction:
        """The entry by its id.

        Args:
            id: ``ptx_…``.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            NotFoundError: There is no such object, or not for this key.
            VinrError: The call failed: no connection, a refusal, an answer that cannot be read.

        Source: VINR's guide.
        """
        return self._driver.send(TRANSACTIONS.retrieve(id))

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
    ) -> Page[Transaction]:
        """Entries, newest first; this is the first page, iterate all of them.

        Args:
            account: The member's id; of all members if left out.
            type: ``earn``, ``redeem``, ``expire``, ``adjust`` or ``reverse``; all if left out.
            limit: Size of a page, 1 to 100; VINR's own if left out.
            starting_after: An id: the list goes on behind it.
            ending_before: An id: what stands before it in the list.
            max_items: Ends the iteration after so many.
            prefetch: 1 fetches the next page while you work on this one.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            VinrError: A page did not come, or the list does not end (PaginationError).

        Example:
            ```python
            for entry in client.loyalty.transactions.list(account=account, limit=100):
                print(entry.type, entry.amount, entry.reason)
            ```

        Source: VINR's guide.
        """
        window = Window(
            limit=limit,
            starting_after=starting_after,
            ending_before=ending_before,
            max_items=max_items,
            prefetch=prefetch,
        )
        listing = calls.list_(account=account, type=type, window=window)
        return fetch(self._driver, listing)

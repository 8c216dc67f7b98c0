# Generated from vinr/_async/loyalty_accounts.py; do not edit.
"""``client.loyalty_accounts``: members, in the reference's dialect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import overload

from typing_extensions import Unpack

from .._calls import loyalty_accounts as calls
from .._calls.expand import ExpandBoth, ExpandCustomer, ExpandTier
from .._calls.loyalty_accounts import (
    LOYALTY_ACCOUNTS,
    LoyaltyAccountChanges,
    LoyaltyAccountFilters,
    NewLoyaltyAccount,
)
from .._calls.pages import Window
from .._keywords import names_near_keywords
from .._models.loyalty_account import (
    LoyaltyAccount,
    LoyaltyAccountWithBoth,
    LoyaltyAccountWithCustomer,
    LoyaltyAccountWithTier,
    PlainLoyaltyAccount,
)
from .driver import Driver
from .pages import Page, fetch


@names_near_keywords
class LoyaltyAccounts:
    """Enrol, look up and list members, and set their tier.

    ``expand=["customer", "tier"]`` brings those objects instead of their ids, and a type checker
    knows it.

    Source: VINR's reference.
    """

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    @overload
    def create(
        self, *, expand: None = None, **new: Unpack[NewLoyaltyAccount]
    ) -> PlainLoyaltyAccount: ...
    @overload
    def create(  # type: ignore[overload-overlap]  # see ExpandTier
        self, *, expand: ExpandTier, **new: Unpack[NewLoyaltyAccount]
    ) -> LoyaltyAccountWithTier: ...
    @overload
    def create(  # type: ignore[overload-overlap]  # see ExpandTier
        self, *, expand: ExpandCustomer, **new: Unpack[NewLoyaltyAccount]
    ) -> LoyaltyAccountWithCustomer: ...
    @overload
    def create(
        self, *, expand: ExpandBoth, **new: Unpack[NewLoyaltyAccount]
    ) -> LoyaltyAccountWithBoth: ...
    @overload
    def create(
        self, *, expand: Sequence[str], **new: Unpack[NewLoyaltyAccount]
    ) -> LoyaltyAccount: ...
    def create(
        self,
        *,
        customer: str,
        programme_id: str | None = None,
        metadata: Mapping[str, str] | None = None,
        expand: Sequence[str] | None = None,
        idempotency_key: str | None = None,
    ) -> LoyaltyAccount:
        """Enrols a customer in a programme.

        Args:
            customer: The customer's id, ``cust_…``.
            programme_id: ``prog_…``; the default programme if left out.
            metadata: Your own texts by name, at most 50.
            expand: ``customer``, ``tier`` or both, which come as objects in the place of their ids.
            idempotency_key: Your own, such as ``ticket-4821``; one is made if left out.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            AccountAlreadyExistsError: The customer has an active account there;
                ``existing_account`` is its id.
            VinrError: The call failed; ``outcome_unknown`` tells whether it may have been executed.

        Example:
            ```python
            member = client.loyalty_accounts.create(customer="cust_2")
            ```

        Source: VINR's reference.
        """
        call = calls.create(
            customer=customer,
            programme_id=programme_id,
            metadata=metadata,
            expand=expand,
            idempotency_key=idempotency_key,
        )
        return self._driver.send(call)

    @overload
    def retrieve(self, id: str, *, expand: None = None) -> PlainLoyaltyAccount: ...
    @overload
    def retrieve(  # type: ignore[overload-overlap]  # see ExpandTier
        self, id: str, *, expand: ExpandTier
    ) -> LoyaltyAccountWithTier: ...
    @overload
    def retrieve(  # type: ignore[overload-overlap]  # see ExpandTier
        self, id: str, *, expand: ExpandCustomer
    ) -> LoyaltyAccountWithCustomer: ...
    @overload
    def retrieve(self, id: str, *, expand: ExpandBoth) -> LoyaltyAccountWithBoth: ...
    @overload
    def retrieve(self, id: str, *, expand: Sequence[str]) -> LoyaltyAccount: ...
    def retrieve(self, id: str, *, expand: Sequence[str] | None = None) -> LoyaltyAccount:
        """The member by its id.

        Args:
            id: ``la_…``.
            expand: ``customer``, ``tier`` or both, which come as objects in the place of their ids.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            NotFoundError: There is no such object, or not for this key.
            VinrError: The call failed: no connection, a refusal, an answer that cannot be read.

        Source: VINR's reference.
        """
        return self._driver.send(LOYALTY_ACCOUNTS.retrieve(id, expand))

    @overload
    def update(
        self, id: str, *, expand: None = None, **changes: Unpack[LoyaltyAccountChanges]
    ) -> PlainLoyaltyAccount: ...
    @overload
    def update(  # type: ignore[overload-overlap]  # see ExpandTier
        self, id: str, *, expand: ExpandTier, **changes: Unpack[LoyaltyAccountChanges]
    ) -> LoyaltyAccountWithTier: ...
    @overload
    def update(  # type: ignore[overload-overlap]  # see ExpandTier
        self, id: str, *, expand: ExpandCustomer, **changes: Unpack[LoyaltyAccountChanges]
    ) -> LoyaltyAccountWithCustomer: ...
    @overload
    def update(
        self, id: str, *, expand: ExpandBoth, **changes: Unpack[LoyaltyAccountChanges]
    ) -> LoyaltyAccountWithBoth: ...
    @overload
    def update(
        self, id: str, *, expand: Sequence[str], **changes: Unpack[LoyaltyAccountChanges]
    ) -> LoyaltyAccount: ...
    def update(
        self,
        id: str,
        *,
        tier: str | None = None,
        expand: Sequence[str] | None = None,
        idempotency_key: str | None = None,
    ) -> LoyaltyAccount:
        """Sets the tier by hand, outside the rules of promotion.

        Args:
            id: ``la_…``.
            tier: The tier's id, such as ``tier_gold``.
            expand: ``customer``, ``tier`` or both, which come as objects in the place of their ids.
            idempotency_key: Your own, such as ``ticket-4821``; one is made if left out.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            NotFoundError: There is no such object, or not for this key.
            VinrError: The call failed; ``outcome_unknown`` tells whether it may have been executed.

        Source: VINR's reference.
        """
        call = calls.update(id, tier=tier, expand=expand, idempotency_key=idempotency_key)
        return self._driver.send(call)

    @overload
    def list(
        self, *, expand: None = None, **filters: Unpack[LoyaltyAccountFilters]
    ) -> Page[PlainLoyaltyAccount]: ...
    @overload
    def list(  # type: ignore[overload-overlap]  # see ExpandTier
        self, *, expand: ExpandTier, **filters: Unpack[LoyaltyAccountFilters]
    ) -> Page[LoyaltyAccountWithTier]: ...
    @overload
    def list(  # type: ignore[overload-overlap]  # see ExpandTier
        self, *, expand: ExpandCustomer, **filters: Unpack[LoyaltyAccountFilters]
    ) -> Page[LoyaltyAccountWithCustomer]: ...
    @overload
    def list(
        self, *, expand: ExpandBoth, **filters: Unpack[LoyaltyAccountFilters]
    ) -> Page[LoyaltyAccountWithBoth]: ...
    @overload
    def list(
        self, *, expand: Sequence[str], **filters: Unpack[LoyaltyAccountFilters]
    ) -> Page[LoyaltyAccount]: ...
    def list(
        self,
        *,
        customer: str | None = None,
        expand: Sequence[str] | None = None,
        limit: int | None = None,
        starting_after: str | None = None,
        ending_before: str | None = None,
        max_items: int | None = None,
        prefetch: int = 0,
    ) -> Page[LoyaltyAccount]:
        """Members, newest first; this is the first page, iterate all of them.

        Args:
            customer: The customer's id; of all customers if left out.
            expand: ``customer``, ``tier`` or both, which come as objects in the place of their ids.
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
        listing = calls.list_(customer=customer, expand=expand, window=window)
        return fetch(self._driver, listing)

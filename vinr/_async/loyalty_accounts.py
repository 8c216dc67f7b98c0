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
from .driver import AsyncDriver
from .paginator import AsyncPaginator


@names_near_keywords
class AsyncLoyaltyAccounts:
    """Enrol, look up and list members, and set their tier.

    ``expand=["customer", "tier"]`` brings those objects instead of their ids. Every method raises
    InvalidRequestError for arguments that VINR could only refuse, before anything is sent, and
    one of the other VinrErrors where the call fails.
    """

    def __init__(self, driver: AsyncDriver) -> None:
        self._driver = driver

    @overload
    async def create(
        self, *, expand: None = None, **new: Unpack[NewLoyaltyAccount]
    ) -> PlainLoyaltyAccount: ...
    @overload
    async def create(  # type: ignore[overload-overlap]  # see ExpandTier
        self, *, expand: ExpandTier, **new: Unpack[NewLoyaltyAccount]
    ) -> LoyaltyAccountWithTier: ...
    @overload
    async def create(  # type: ignore[overload-overlap]  # see ExpandTier
        self, *, expand: ExpandCustomer, **new: Unpack[NewLoyaltyAccount]
    ) -> LoyaltyAccountWithCustomer: ...
    @overload
    async def create(
        self, *, expand: ExpandBoth, **new: Unpack[NewLoyaltyAccount]
    ) -> LoyaltyAccountWithBoth: ...
    @overload
    async def create(
        self, *, expand: Sequence[str], **new: Unpack[NewLoyaltyAccount]
    ) -> LoyaltyAccount: ...
    async def create(
        self,
        *,
        customer: str,
        programme_id: str | None = None,
        metadata: Mapping[str, str] | None = None,
        expand: Sequence[str] | None = None,
        idempotency_key: str | None = None,
    ) -> LoyaltyAccount:
        """Enrols a customer in the programme, the default one if left out.

        AccountAlreadyExistsError where the customer has an active account there.

        Source: VINR's reference.
        """
        call = calls.create(
            customer=customer,
            programme_id=programme_id,
            metadata=metadata,
            expand=expand,
            idempotency_key=idempotency_key,
        )
        return await self._driver.send(call)

    @overload
    async def retrieve(self, id: str, *, expand: None = None) -> PlainLoyaltyAccount: ...
    @overload
    async def retrieve(  # type: ignore[overload-overlap]  # see ExpandTier
        self, id: str, *, expand: ExpandTier
    ) -> LoyaltyAccountWithTier: ...
    @overload
    async def retrieve(  # type: ignore[overload-overlap]  # see ExpandTier
        self, id: str, *, expand: ExpandCustomer
    ) -> LoyaltyAccountWithCustomer: ...
    @overload
    async def retrieve(self, id: str, *, expand: ExpandBoth) -> LoyaltyAccountWithBoth: ...
    @overload
    async def retrieve(self, id: str, *, expand: Sequence[str]) -> LoyaltyAccount: ...
    async def retrieve(self, id: str, *, expand: Sequence[str] | None = None) -> LoyaltyAccount:
        """The member by its id.

        Source: VINR's reference.
        """
        return await self._driver.send(LOYALTY_ACCOUNTS.retrieve(id, expand))

    @overload
    async def update(
        self, id: str, *, expand: None = None, **changes: Unpack[LoyaltyAccountChanges]
    ) -> PlainLoyaltyAccount: ...
    @overload
    async def update(  # type: ignore[overload-overlap]  # see ExpandTier
        self, id: str, *, expand: ExpandTier, **changes: Unpack[LoyaltyAccountChanges]
    ) -> LoyaltyAccountWithTier: ...
    @overload
    async def update(  # type: ignore[overload-overlap]  # see ExpandTier
        self, id: str, *, expand: ExpandCustomer, **changes: Unpack[LoyaltyAccountChanges]
    ) -> LoyaltyAccountWithCustomer: ...
    @overload
    async def update(
        self, id: str, *, expand: ExpandBoth, **changes: Unpack[LoyaltyAccountChanges]
    ) -> LoyaltyAccountWithBoth: ...
    @overload
    async def update(
        self, id: str, *, expand: Sequence[str], **changes: Unpack[LoyaltyAccountChanges]
    ) -> LoyaltyAccount: ...
    async def update(
        self,
        id: str,
        *,
        tier: str | None = None,
        expand: Sequence[str] | None = None,
        idempotency_key: str | None = None,
    ) -> LoyaltyAccount:
        """Sets the tier by hand, outside the rules of promotion.

        Source: VINR's reference.
        """
        call = calls.update(id, tier=tier, expand=expand, idempotency_key=idempotency_key)
        return await self._driver.send(call)

    @overload
    def list(
        self, *, expand: None = None, **filters: Unpack[LoyaltyAccountFilters]
    ) -> AsyncPaginator[PlainLoyaltyAccount]: ...
    @overload
    def list(  # type: ignore[overload-overlap]  # see ExpandTier
        self, *, expand: ExpandTier, **filters: Unpack[LoyaltyAccountFilters]
    ) -> AsyncPaginator[LoyaltyAccountWithTier]: ...
    @overload
    def list(  # type: ignore[overload-overlap]  # see ExpandTier
        self, *, expand: ExpandCustomer, **filters: Unpack[LoyaltyAccountFilters]
    ) -> AsyncPaginator[LoyaltyAccountWithCustomer]: ...
    @overload
    def list(
        self, *, expand: ExpandBoth, **filters: Unpack[LoyaltyAccountFilters]
    ) -> AsyncPaginator[LoyaltyAccountWithBoth]: ...
    @overload
    def list(
        self, *, expand: Sequence[str], **filters: Unpack[LoyaltyAccountFilters]
    ) -> AsyncPaginator[LoyaltyAccount]: ...
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
    ) -> AsyncPaginator[LoyaltyAccount]:
        """Members, newest first; await it for the first page, or iterate all of them.

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
        listing = calls.list_(customer=customer, expand=expand, window=window)
        return AsyncPaginator.fetch(self._driver, listing)

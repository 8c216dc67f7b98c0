"""``client.loyalty.accounts``: members, in the guide's dialect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import overload

from typing_extensions import Unpack

from ..calls import accounts as calls
from ..calls import checks
from ..calls.expand import ExpandBoth, ExpandCustomer, ExpandTier
from ..calls.pages import Window
from ..models.account import (
    Account,
    AccountWithBoth,
    AccountWithCustomer,
    AccountWithTier,
    PlainAccount,
)
from .driver import AsyncDriver
from .first_page import AsyncPaginator, first_page
from .get_or_create import get_or_create


class AsyncAccounts:
    """Enrol, look up, correct, merge, close and reopen members.

    Every method raises InvalidRequestError for arguments that VINR could only refuse, before
    anything is sent, and one of the other VinrErrors where the call fails.
    """

    def __init__(self, driver: AsyncDriver) -> None:
        self._driver = driver

    async def create(
        self,
        *,
        program: str,
        customer: str | None = None,
        metadata: Mapping[str, str] | None = None,
        idempotency_key: str | None = None,
    ) -> PlainAccount:
        """Enrols a customer, or an anonymous member (guide).

        A welcome bonus shows on the next read. AccountAlreadyExistsError where the customer
        has an active account in the program: ``get_or_create`` gives that one instead.
        """
        call = calls.create(
            program=program, customer=customer, metadata=metadata, idempotency_key=idempotency_key
        )
        return await self._driver.send(call)

    async def get_or_create(
        self,
        *,
        program: str,
        customer: str,
        metadata: Mapping[str, str] | None = None,
        idempotency_key: str | None = None,
    ) -> tuple[PlainAccount, bool]:
        """The customer's active account, and whether this call created it (our choice).

        Never a closed or merged account. Safe in a race: of many callers one creates.
        ``metadata`` is for a new account; an existing one keeps its own.
        """
        customer = checks.object_id("customer", customer)
        call = calls.create(
            program=program, customer=customer, metadata=metadata, idempotency_key=idempotency_key
        )
        return await get_or_create(self._driver, call, program=program, customer=customer)

    @overload
    async def retrieve(self, id: str, *, expand: None = None) -> PlainAccount: ...
    @overload
    async def retrieve(  # type: ignore[overload-overlap]  # see ExpandTier
        self, id: str, *, expand: ExpandTier
    ) -> AccountWithTier: ...
    @overload
    async def retrieve(  # type: ignore[overload-overlap]  # see ExpandTier
        self, id: str, *, expand: ExpandCustomer
    ) -> AccountWithCustomer: ...
    @overload
    async def retrieve(self, id: str, *, expand: ExpandBoth) -> AccountWithBoth: ...
    @overload
    async def retrieve(self, id: str, *, expand: Sequence[str]) -> Account: ...
    async def retrieve(self, id: str, *, expand: Sequence[str] | None = None) -> Account:
        """The member by its id; ``expand=["customer", "tier"]`` brings those objects (guide)."""
        return await self._driver.send(calls.retrieve(id, expand))

    async def update(
        self,
        id: str,
        *,
        tier: str | None = None,
        customer: str | None = None,
        metadata: Mapping[str, str | None] | None = None,
        idempotency_key: str | None = None,
    ) -> PlainAccount:
        """Sets the tier by hand, links a customer, changes metadata (reference, our choice).

        Metadata is merged into what is there; None as a value removes the key.
        """
        call = calls.update(
            id, tier=tier, customer=customer, metadata=metadata, idempotency_key=idempotency_key
        )
        return await self._driver.send(call)

    async def close(self, id: str, *, idempotency_key: str | None = None) -> PlainAccount:
        """Retires a member; the history stays and ``reopen`` undoes it (guide)."""
        return await self._driver.send(calls.close(id, idempotency_key))

    async def reopen(self, id: str, *, idempotency_key: str | None = None) -> PlainAccount:
        """Makes a closed member active again (guide)."""
        return await self._driver.send(calls.reopen(id, idempotency_key))

    async def merge(
        self, *, source: str, target: str, idempotency_key: str | None = None
    ) -> PlainAccount:
        """Moves balance, lifetime points and ledger of source to target; irreversible (guide).

        The target comes back; the source ends ``merged`` with a balance of 0.
        """
        call = calls.merge(source=source, target=target, idempotency_key=idempotency_key)
        return await self._driver.send(call)

    @overload
    def list(
        self,
        *,
        program: str | None = None,
        customer: str | None = None,
        status: str | None = None,
        expand: None = None,
        **window: Unpack[Window],
    ) -> AsyncPaginator[PlainAccount]: ...
    @overload
    def list(  # type: ignore[overload-overlap]  # see ExpandTier
        self,
        *,
        program: str | None = None,
        customer: str | None = None,
        status: str | None = None,
        expand: ExpandTier,
        **window: Unpack[Window],
    ) -> AsyncPaginator[AccountWithTier]: ...
    @overload
    def list(  # type: ignore[overload-overlap]  # see ExpandTier
        self,
        *,
        program: str | None = None,
        customer: str | None = None,
        status: str | None = None,
        expand: ExpandCustomer,
        **window: Unpack[Window],
    ) -> AsyncPaginator[AccountWithCustomer]: ...
    @overload
    def list(
        self,
        *,
        program: str | None = None,
        customer: str | None = None,
        status: str | None = None,
        expand: ExpandBoth,
        **window: Unpack[Window],
    ) -> AsyncPaginator[AccountWithBoth]: ...
    @overload
    def list(
        self,
        *,
        program: str | None = None,
        customer: str | None = None,
        status: str | None = None,
        expand: Sequence[str],
        **window: Unpack[Window],
    ) -> AsyncPaginator[Account]: ...
    def list(
        self,
        *,
        program: str | None = None,
        customer: str | None = None,
        status: str | None = None,
        expand: Sequence[str] | None = None,
        **window: Unpack[Window],
    ) -> AsyncPaginator[Account]:
        """Members, newest first; await it for the first page, or iterate all of them.

        ``limit`` is the size of a page, 1 to 100; ``starting_after`` and ``ending_before``
        are cursors; ``max_items`` ends the iteration; ``prefetch=1`` fetches one page ahead.
        """
        asked = calls.list_(
            program=program, customer=customer, status=status, expand=expand, window=window
        )
        return first_page(self._driver, asked)

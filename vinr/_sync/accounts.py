# Generated from vinr/_async/accounts.py; do not edit.
"""``client.loyalty.accounts``: members, in the guide's dialect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import overload

from typing_extensions import Unpack

from .._calls import accounts as calls
from .._calls.accounts import ACCOUNTS, AccountChanges, AccountFilters, NewAccount, NewMember
from .._calls.expand import ExpandBoth, ExpandCustomer, ExpandTier
from .._calls.get_or_create import get_or_create
from .._calls.pages import Window
from .._keywords import names_near_keywords
from .._models.account import (
    Account,
    AccountWithBoth,
    AccountWithCustomer,
    AccountWithTier,
    PlainAccount,
)
from .driver import Driver
from .pages import Page


@names_near_keywords
class Accounts:
    """Enrol, look up, correct, merge, close and reopen members.

    ``expand=["customer", "tier"]`` brings those objects instead of their ids. Every method raises
    InvalidRequestError for arguments that VINR could only refuse, before anything is sent, and
    one of the other VinrErrors where the call fails.
    """

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    @overload
    def create(self, *, expand: None = None, **new: Unpack[NewAccount]) -> PlainAccount: ...
    @overload
    def create(  # type: ignore[overload-overlap]  # see ExpandTier
        self, *, expand: ExpandTier, **new: Unpack[NewAccount]
    ) -> AccountWithTier: ...
    @overload
    def create(  # type: ignore[overload-overlap]  # see ExpandTier
        self, *, expand: ExpandCustomer, **new: Unpack[NewAccount]
    ) -> AccountWithCustomer: ...
    @overload
    def create(self, *, expand: ExpandBoth, **new: Unpack[NewAccount]) -> AccountWithBoth: ...
    @overload
    def create(self, *, expand: Sequence[str], **new: Unpack[NewAccount]) -> Account: ...
    def create(
        self,
        *,
        program: str,
        customer: str | None = None,
        metadata: Mapping[str, str] | None = None,
        expand: Sequence[str] | None = None,
        idempotency_key: str | None = None,
    ) -> Account:
        """Enrols a customer, or an anonymous member.

        A welcome bonus shows on the next read. AccountAlreadyExistsError where the customer
        has an active account in the program: ``get_or_create`` gives that one instead.

        Source: VINR's guide.
        """
        call = calls.create(
            program=program,
            customer=customer,
            metadata=metadata,
            expand=expand,
            idempotency_key=idempotency_key,
        )
        return self._driver.send(call)

    @overload
    def get_or_create(
        self, *, expand: None = None, **new: Unpack[NewMember]
    ) -> tuple[PlainAccount, bool]: ...
    @overload
    def get_or_create(  # type: ignore[overload-overlap]  # see ExpandTier
        self, *, expand: ExpandTier, **new: Unpack[NewMember]
    ) -> tuple[AccountWithTier, bool]: ...
    @overload
    def get_or_create(  # type: ignore[overload-overlap]  # see ExpandTier
        self, *, expand: ExpandCustomer, **new: Unpack[NewMember]
    ) -> tuple[AccountWithCustomer, bool]: ...
    @overload
    def get_or_create(
        self, *, expand: ExpandBoth, **new: Unpack[NewMember]
    ) -> tuple[AccountWithBoth, bool]: ...
    @overload
    def get_or_create(
        self, *, expand: Sequence[str], **new: Unpack[NewMember]
    ) -> tuple[Account, bool]: ...
    def get_or_create(
        self,
        *,
        program: str,
        customer: str,
        metadata: Mapping[str, str] | None = None,
        expand: Sequence[str] | None = None,
        idempotency_key: str | None = None,
    ) -> tuple[Account, bool]:
        """The customer's active account, and whether this call created it.

        Never a closed or merged account. Safe in a race: of many callers one creates.
        ``metadata`` is for a new account; an existing one keeps its own.

        Source: our choice; VINR does not document it.
        """
        create = calls.create(
            program=program,
            customer=customer,
            metadata=metadata,
            expand=expand,
            idempotency_key=idempotency_key,
        )
        plan = get_or_create(create, program=program, customer=customer, expand=expand)
        return self._driver.run(plan)

    @overload
    def retrieve(self, id: str, *, expand: None = None) -> PlainAccount: ...
    @overload
    def retrieve(  # type: ignore[overload-overlap]  # see ExpandTier
        self, id: str, *, expand: ExpandTier
    ) -> AccountWithTier: ...
    @overload
    def retrieve(  # type: ignore[overload-overlap]  # see ExpandTier
        self, id: str, *, expand: ExpandCustomer
    ) -> AccountWithCustomer: ...
    @overload
    def retrieve(self, id: str, *, expand: ExpandBoth) -> AccountWithBoth: ...
    @overload
    def retrieve(self, id: str, *, expand: Sequence[str]) -> Account: ...
    def retrieve(self, id: str, *, expand: Sequence[str] | None = None) -> Account:
        """The member by its id; ``expand=["customer", "tier"]`` brings those objects.

        Source: VINR's guide.
        """
        return self._driver.send(ACCOUNTS.retrieve(id, expand))

    @overload
    def update(
        self, id: str, *, expand: None = None, **changes: Unpack[AccountChanges]
    ) -> PlainAccount: ...
    @overload
    def update(  # type: ignore[overload-overlap]  # see ExpandTier
        self, id: str, *, expand: ExpandTier, **changes: Unpack[AccountChanges]
    ) -> AccountWithTier: ...
    @overload
    def update(  # type: ignore[overload-overlap]  # see ExpandTier
        self, id: str, *, expand: ExpandCustomer, **changes: Unpack[AccountChanges]
    ) -> AccountWithCustomer: ...
    @overload
    def update(
        self, id: str, *, expand: ExpandBoth, **changes: Unpack[AccountChanges]
    ) -> AccountWithBoth: ...
    @overload
    def update(
        self, id: str, *, expand: Sequence[str], **changes: Unpack[AccountChanges]
    ) -> Account: ...
    def update(
        self,
        id: str,
        *,
        tier: str | None = None,
        customer: str | None = None,
        metadata: Mapping[str, str | None] | None = None,
        expand: Sequence[str] | None = None,
        idempotency_key: str | None = None,
    ) -> Account:
        """Sets the tier by hand, links a customer, changes metadata.

        Metadata is merged into what is there; None as a value removes the key.

        Source: VINR's reference and our choice.
        """
        call = calls.update(
            id,
            tier=tier,
            customer=customer,
            metadata=metadata,
            expand=expand,
            idempotency_key=idempotency_key,
        )
        return self._driver.send(call)

    def close(self, id: str, *, idempotency_key: str | None = None) -> PlainAccount:
        """Retires a member; the history stays and ``reopen`` undoes it.

        Source: VINR's guide.
        """
        return self._driver.send(calls.close(id, idempotency_key=idempotency_key))

    def reopen(self, id: str, *, idempotency_key: str | None = None) -> PlainAccount:
        """Makes a closed member active again.

        Source: VINR's guide.
        """
        return self._driver.send(calls.reopen(id, idempotency_key=idempotency_key))

    def merge(
        self, *, source: str, target: str, idempotency_key: str | None = None
    ) -> PlainAccount:
        """Moves balance, lifetime points and ledger of source to target; irreversible.

        The target comes back; the source ends ``merged`` with a balance of 0.

        Source: VINR's guide.
        """
        call = calls.merge(source=source, target=target, idempotency_key=idempotency_key)
        return self._driver.send(call)

    @overload
    def list(
        self, *, expand: None = None, **filters: Unpack[AccountFilters]
    ) -> Page[PlainAccount]: ...
    @overload
    def list(  # type: ignore[overload-overlap]  # see ExpandTier
        self, *, expand: ExpandTier, **filters: Unpack[AccountFilters]
    ) -> Page[AccountWithTier]: ...
    @overload
    def list(  # type: ignore[overload-overlap]  # see ExpandTier
        self, *, expand: ExpandCustomer, **filters: Unpack[AccountFilters]
    ) -> Page[AccountWithCustomer]: ...
    @overload
    def list(
        self, *, expand: ExpandBoth, **filters: Unpack[AccountFilters]
    ) -> Page[AccountWithBoth]: ...
    @overload
    def list(
        self, *, expand: Sequence[str], **filters: Unpack[AccountFilters]
    ) -> Page[Account]: ...
    def list(
        self,
        *,
        program: str | None = None,
        customer: str | None = None,
        status: str | None = None,
        expand: Sequence[str] | None = None,
        limit: int | None = None,
        starting_after: str | None = None,
        ending_before: str | None = None,
        max_items: int | None = None,
        prefetch: int = 0,
    ) -> Page[Account]:
        """Members, newest first; this is the first page, iterate all of them.

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
        listing = calls.list_(
            program=program, customer=customer, status=status, expand=expand, window=window
        )
        return Page.fetch(self._driver, listing)

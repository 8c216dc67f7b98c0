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
from .pages import Page, fetch


@names_near_keywords
class Accounts:
    """Enrol, look up, correct, merge, close and reopen members.

    ``expand=["customer", "tier"]`` brings those objects instead of their ids, and a type checker
    knows it.

    Source: VINR's guide.
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

        A welcome bonus shows on the next read.

        Args:
            program: The program's id, ``prog_…``.
            customer: The customer's id, ``cust_…``; an anonymous member if left out.
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
            member = client.loyalty.accounts.create(
                program="prog_default", customer="cust_1", metadata={"signup_channel": "web"}
            )
            ```

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

        Never a closed or merged account. Safe in a race: of many callers one creates. It needs one
        request where the member exists.

        Args:
            program: The program's id, ``prog_…``.
            customer: The customer's id, ``cust_…``.
            metadata: Your own texts by name, at most 50, for a new account; an existing one keeps
                its own.
            expand: ``customer``, ``tier`` or both, which come as objects in the place of their ids.
            idempotency_key: For the creation; one is made if left out.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            VinrError: The call failed; ``outcome_unknown`` tells whether it may have been executed.

        Example:
            ```python
            member, created = client.loyalty.accounts.get_or_create(
                program="prog_default", customer="cust_1"
            )
            ```

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
        """The member by its id.

        Args:
            id: ``loy_…``.
            expand: ``customer``, ``tier`` or both, which come as objects in the place of their ids.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            NotFoundError: There is no such object, or not for this key.
            VinrError: The call failed: no connection, a refusal, an answer that cannot be read.

        Example:
            ```python
            member = client.loyalty.accounts.retrieve(account, expand=["tier"])
            print(member.balance, member.tier.name if member.tier else "no tier")
            ```

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

        What is left out stays as it is.

        Args:
            id: ``loy_…``.
            tier: The tier's key, such as ``gold``; it overrides what points earn.
            customer: The id of the customer to link, ``cust_…``; earlier payments earn nothing.
            metadata: Merged into what is there; None as a value removes the key.
            expand: ``customer``, ``tier`` or both, which come as objects in the place of their ids.
            idempotency_key: Your own, such as ``ticket-4821``; one is made if left out.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            NotFoundError: There is no such object, or not for this key.
            VinrError: The call failed; ``outcome_unknown`` tells whether it may have been executed.

        Source: VINR's reference for ``tier``, VINR's guide for ``customer``; how metadata is merged
        is our choice.
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

        After a lost answer the call is repeated, and that the account is closed by then is no
        error.

        Args:
            id: ``loy_…``.
            idempotency_key: Your own, such as ``ticket-4821``; one is made if left out.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            NotFoundError: There is no such object, or not for this key.
            UnprocessableError: The account is closed or merged already.
            VinrError: The call failed; ``outcome_unknown`` tells whether it may have been executed.

        Source: VINR's guide.
        """
        return self._driver.send(calls.close(id, idempotency_key=idempotency_key))

    def reopen(self, id: str, *, idempotency_key: str | None = None) -> PlainAccount:
        """Makes a closed member active again.

        Args:
            id: ``loy_…``.
            idempotency_key: Your own, such as ``ticket-4821``; one is made if left out.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            NotFoundError: There is no such object, or not for this key.
            AccountAlreadyExistsError: The customer got another active account meanwhile.
            UnprocessableError: The account is active, or merged for good.
            VinrError: The call failed; ``outcome_unknown`` tells whether it may have been executed.

        Source: VINR's guide.
        """
        return self._driver.send(calls.reopen(id, idempotency_key=idempotency_key))

    def merge(
        self, *, source: str, target: str, idempotency_key: str | None = None
    ) -> PlainAccount:
        """Moves balance, lifetime points and ledger of one member to another; irreversible.

        The target comes back. The source ends ``merged`` with a balance of 0.

        Args:
            source: The id of the member that ends.
            target: The id of the member that stays, of the same program.
            idempotency_key: Your own, such as ``ticket-4821``; one is made if left out.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            NotFoundError: There is no such object, or not for this key.
            UnprocessableError: One of them is closed or merged, or they cannot be merged with each
                other.
            VinrError: The call failed; ``outcome_unknown`` tells whether it may have been executed.

        Example:
            ```python
            survivor = client.loyalty.accounts.merge(source=duplicate, target=account)
            ```

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

        Args:
            program: The program's id; of all programs if left out.
            customer: The customer's id; of all customers if left out.
            status: ``active``, ``closed`` or ``merged``; all if left out.
            expand: ``customer``, ``tier`` or both, which come as objects in the place of their ids.
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
            for member in client.loyalty.accounts.list(program="prog_default", limit=100):
                print(member.id, member.balance)
            ```

        Source: VINR's guide; ``status`` is our choice.
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
        return fetch(self._driver, listing)

# Generated from vinr/_async/loyalty_accounts.py by scripts/generate_sync.py. Do not edit.
"""``client.loyalty_accounts``: members, in the reference's dialect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import overload

from typing_extensions import Unpack

from ..calls import loyalty_accounts as calls
from ..calls.expand import ExpandBoth, ExpandCustomer, ExpandTier
from ..calls.pages import Window
from ..models.loyalty_account import (
    LoyaltyAccount,
    LoyaltyAccountWithBoth,
    LoyaltyAccountWithCustomer,
    LoyaltyAccountWithTier,
    PlainLoyaltyAccount,
)
from .driver import Driver
from .first_page import Page, first_page


class LoyaltyAccounts:
    """Enrol, look up and list members, and set their tier.

    ``expand=["customer", "tier"]`` brings those objects instead of their ids. Every method raises
    InvalidRequestError for arguments that VINR could only refuse, before anything is sent, and
    one of the other VinrErrors where the call fails.
    """

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    @overload
    def create(
        self,
        *,
        customer: str,
        programme_id: str | None = None,
        metadata: Mapping[str, str] | None = None,
        expand: None = None,
        idempotency_key: str | None = None,
    ) -> PlainLoyaltyAccount: ...
    @overload
    def create(  # type: ignore[overload-overlap]  # see ExpandTier
        self,
        *,
        customer: str,
        programme_id: str | None = None,
        metadata: Mapping[str, str] | None = None,
        expand: ExpandTier,
        idempotency_key: str | None = None,
    ) -> LoyaltyAccountWithTier: ...
    @overload
    def create(  # type: ignore[overload-overlap]  # see ExpandTier
        self,
        *,
        customer: str,
        programme_id: str | None = None,
        metadata: Mapping[str, str] | None = None,
        expand: ExpandCustomer,
        idempotency_key: str | None = None,
    ) -> LoyaltyAccountWithCustomer: ...
    @overload
    def create(
        self,
        *,
        customer: str,
        programme_id: str | None = None,
        metadata: Mapping[str, str] | None = None,
        expand: ExpandBoth,
        idempotency_key: str | None = None,
    ) -> LoyaltyAccountWithBoth: ...
    @overload
    def create(
        self,
        *,
        customer: str,
        programme_id: str | None = None,
        metadata: Mapping[str, str] | None = None,
        expand: Sequence[str],
        idempotency_key: str | None = None,
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
        """Enrols a customer; in the default programme where none is named (reference)."""
        call = calls.create(
            customer=customer,
            programme_id=programme_id,
            metadata=metadata,
            expand=expand,
            idempotency_key=idempotency_key,
        )
        return self._driver.send(call)

    @overload
    def retrieve(
        self,
        id: str,
        *,
        expand: None = None,
    ) -> PlainLoyaltyAccount: ...
    @overload
    def retrieve(  # type: ignore[overload-overlap]  # see ExpandTier
        self,
        id: str,
        *,
        expand: ExpandTier,
    ) -> LoyaltyAccountWithTier: ...
    @overload
    def retrieve(  # type: ignore[overload-overlap]  # see ExpandTier
        self,
        id: str,
        *,
        expand: ExpandCustomer,
    ) -> LoyaltyAccountWithCustomer: ...
    @overload
    def retrieve(
        self,
        id: str,
        *,
        expand: ExpandBoth,
    ) -> LoyaltyAccountWithBoth: ...
    @overload
    def retrieve(
        self,
        id: str,
        *,
        expand: Sequence[str],
    ) -> LoyaltyAccount: ...
    def retrieve(
        self,
        id: str,
        *,
        expand: Sequence[str] | None = None,
    ) -> LoyaltyAccount:
        """The member by its id (reference)."""
        return self._driver.send(calls.retrieve(id, expand))

    @overload
    def update(
        self,
        id: str,
        *,
        tier: str | None = None,
        expand: None = None,
        idempotency_key: str | None = None,
    ) -> PlainLoyaltyAccount: ...
    @overload
    def update(  # type: ignore[overload-overlap]  # see ExpandTier
        self,
        id: str,
        *,
        tier: str | None = None,
        expand: ExpandTier,
        idempotency_key: str | None = None,
    ) -> LoyaltyAccountWithTier: ...
    @overload
    def update(  # type: ignore[overload-overlap]  # see ExpandTier
        self,
        id: str,
        *,
        tier: str | None = None,
        expand: ExpandCustomer,
        idempotency_key: str | None = None,
    ) -> LoyaltyAccountWithCustomer: ...
    @overload
    def update(
        self,
        id: str,
        *,
        tier: str | None = None,
        expand: ExpandBoth,
        idempotency_key: str | None = None,
    ) -> LoyaltyAccountWithBoth: ...
    @overload
    def update(
        self,
        id: str,
        *,
        tier: str | None = None,
        expand: Sequence[str],
        idempotency_key: str | None = None,
    ) -> LoyaltyAccount: ...
    def update(
        self,
        id: str,
        *,
        tier: str | None = None,
        expand: Sequence[str] | None = None,
        idempotency_key: str | None = None,
    ) -> LoyaltyAccount:
        """Sets the tier by hand, outside the automatic rules (reference)."""
        call = calls.update(id, tier=tier, expand=expand, idempotency_key=idempotency_key)
        return self._driver.send(call)

    @overload
    def list(
        self,
        *,
        customer: str | None = None,
        expand: None = None,
        **window: Unpack[Window],
    ) -> Page[PlainLoyaltyAccount]: ...
    @overload
    def list(  # type: ignore[overload-overlap]  # see ExpandTier
        self,
        *,
        customer: str | None = None,
        expand: ExpandTier,
        **window: Unpack[Window],
    ) -> Page[LoyaltyAccountWithTier]: ...
    @overload
    def list(  # type: ignore[overload-overlap]  # see ExpandTier
        self,
        *,
        customer: str | None = None,
        expand: ExpandCustomer,
        **window: Unpack[Window],
    ) -> Page[LoyaltyAccountWithCustomer]: ...
    @overload
    def list(
        self,
        *,
        customer: str | None = None,
        expand: ExpandBoth,
        **window: Unpack[Window],
    ) -> Page[LoyaltyAccountWithBoth]: ...
    @overload
    def list(
        self,
        *,
        customer: str | None = None,
        expand: Sequence[str],
        **window: Unpack[Window],
    ) -> Page[LoyaltyAccount]: ...
    def list(
        self,
        *,
        customer: str | None = None,
        expand: Sequence[str] | None = None,
        **window: Unpack[Window],
    ) -> Page[LoyaltyAccount]:
        """Members, newest first; this is the first page, iterate all of them.

        ``limit`` is the size of a page, 1 to 100; ``starting_after`` and ``ending_before``
        are cursors; ``max_items`` ends the iteration; ``prefetch=1`` fetches one page ahead.
        """
        return first_page(
            self._driver, calls.list_(customer=customer, expand=expand, window=window)
        )

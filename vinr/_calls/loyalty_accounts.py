"""The reference's accounts: what can be asked of ``/v1/loyalty-accounts``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Required, TypedDict

from .._models.envelope import Envelope
from .._models.loyalty_account import LoyaltyAccount
from . import checks
from .call import Call
from .pages import Listing, Window
from .resource import Resource


class LoyaltyAccountList(Envelope[LoyaltyAccount]):
    """A page of accounts on the wire."""


LOYALTY_ACCOUNTS: Final[Resource[LoyaltyAccount]] = Resource(
    name="loyalty_accounts",
    path="/loyalty-accounts",
    model=LoyaltyAccount,
    page=LoyaltyAccountList,
    encoding="form",
)


class NewLoyaltyAccount(TypedDict, total=False):
    """What ``create`` takes, beside ``expand``."""

    customer: Required[str]
    programme_id: str | None
    metadata: Mapping[str, str] | None
    idempotency_key: str | None


class LoyaltyAccountChanges(TypedDict, total=False):
    """What ``update`` takes, beside the id and ``expand``."""

    tier: str | None
    idempotency_key: str | None


class LoyaltyAccountFilters(Window, total=False):
    """What ``list`` takes, beside ``expand``."""

    customer: str | None


def create(
    *,
    customer: str,
    programme_id: str | None,
    metadata: Mapping[str, str] | None,
    expand: Sequence[str] | None,
    idempotency_key: str | None,
) -> Call[LoyaltyAccount]:
    """``POST /v1/loyalty-accounts``."""
    body = {
        "customer": checks.object_id("customer", customer),
        "programme_id": checks.optional_id("programme_id", programme_id),
        "metadata": checks.metadata(metadata),
    }
    path = LOYALTY_ACCOUNTS.path
    return LOYALTY_ACCOUNTS.post(
        "create", path, body, expand=expand, idempotency_key=idempotency_key
    )


def update(
    id: str, *, tier: str | None, expand: Sequence[str] | None, idempotency_key: str | None
) -> Call[LoyaltyAccount]:
    """``POST /v1/loyalty-accounts/{id}``."""
    id = checks.object_id("id", id)
    return LOYALTY_ACCOUNTS.post(
        "update",
        LOYALTY_ACCOUNTS.path_of(id),
        {"tier": checks.optional_id("tier", tier)},
        expand=expand,
        idempotency_key=idempotency_key,
        expected={"id": id},
    )


def list_(
    *, customer: str | None, expand: Sequence[str] | None, window: Window
) -> Listing[LoyaltyAccount]:
    """``GET /v1/loyalty-accounts``, newest first."""
    return LOYALTY_ACCOUNTS.list({"customer": customer}, window, expand)

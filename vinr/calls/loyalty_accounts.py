"""The reference's accounts: what can be asked of ``/v1/loyalty-accounts``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from ..models.envelope import Envelope
from ..models.loyalty_account import LoyaltyAccount
from . import checks
from .call import JSON, Call, Query, given, path_of
from .echo import Echo
from .expand import expand_body, expand_query
from .expected import Expected, of_account
from .pages import Listing, Window, listing

_COLLECTION: Final = "loyalty-accounts"


class LoyaltyAccountList(Envelope[LoyaltyAccount]):
    """A page of accounts on the wire."""


def create(
    *,
    customer: str,
    programme_id: str | None,
    metadata: Mapping[str, str] | None,
    expand: Sequence[str] | None,
    idempotency_key: str | None,
) -> Call[LoyaltyAccount]:
    """``POST /v1/loyalty-accounts``."""
    body = given(
        customer=checks.object_id("customer", customer),
        programme_id=checks.optional_id("programme_id", programme_id),
        metadata=checks.metadata(metadata),
    )
    created = Echo(
        codes=frozenset({"account_already_exists"}),
        collection=(_COLLECTION,),
        proof=of_account(body),
        query=expand_query(expand),
    )
    body |= expand_body(expand)
    return _post("create", (_COLLECTION,), body, idempotency_key, echo=created)


def retrieve(account: str, expand: Sequence[str] | None) -> Call[LoyaltyAccount]:
    """``GET /v1/loyalty-accounts/{id}``."""
    account = checks.object_id("id", account)
    return Call(
        operation="loyalty_accounts.retrieve",
        method="GET",
        path=path_of(_COLLECTION, account),
        query=expand_query(expand),
        result=LoyaltyAccount,
        expected={"id": account},
    )


def update(
    account: str,
    *,
    tier: str | None,
    expand: Sequence[str] | None,
    idempotency_key: str | None,
) -> Call[LoyaltyAccount]:
    """``POST /v1/loyalty-accounts/{id}``."""
    account = checks.object_id("id", account)
    body = given(tier=checks.optional_id("tier", tier)) | expand_body(expand)
    return _post("update", (_COLLECTION, account), body, idempotency_key, {"id": account})


def list_(
    *, customer: str | None, expand: Sequence[str] | None, window: Window
) -> Listing[LoyaltyAccount]:
    """``GET /v1/loyalty-accounts``, newest first."""
    asked = given(customer=checks.optional_id("customer", customer))
    filters: Query = tuple((name, str(value)) for name, value in asked.items())
    return listing(
        "loyalty_accounts.list",
        (_COLLECTION,),
        LoyaltyAccountList,
        (*filters, *expand_query(expand)),
        window,
    )


def _post(
    name: str,
    segments: Sequence[str],
    body: Mapping[str, JSON],
    idempotency_key: str | None,
    expected: Expected | None = None,
    *,
    echo: Echo | None = None,
) -> Call[LoyaltyAccount]:
    return Call(
        operation=f"loyalty_accounts.{name}",
        method="POST",
        path=path_of(*segments),
        body=body,
        encoding="form",
        result=LoyaltyAccount,
        idempotency_key=checks.idempotency_key(idempotency_key),
        expected=expected,
        echo=echo,
    )

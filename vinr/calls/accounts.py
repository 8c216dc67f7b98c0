"""The guide's accounts: what can be asked of ``/v1/loyalty/accounts``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, cast

from ..models.account import Account, PlainAccount
from ..models.envelope import Envelope
from . import checks
from .call import JSON, Call, Query, given, path_of
from .echo import Echo
from .expand import expand_query
from .expected import Expected, of_account
from .pages import Listing, Window, listing

_COLLECTION: Final = ("loyalty", "accounts")
# the same class: what is posted comes back with plain ids
_PLAIN: Final = cast("type[PlainAccount]", Account)


class AccountList(Envelope[Account]):
    """A page of accounts on the wire."""


def create(
    *,
    program: str,
    customer: str | None,
    metadata: Mapping[str, str] | None,
    idempotency_key: str | None,
) -> Call[PlainAccount]:
    """``POST /v1/loyalty/accounts``."""
    body = given(
        program=checks.object_id("program", program),
        customer=checks.optional_id("customer", customer),
        metadata=checks.metadata(metadata),
    )
    return _post("create", _COLLECTION, body, idempotency_key, echo=_created(body))


def retrieve(account: str, expand: Sequence[str] | None = None) -> Call[Account]:
    """``GET /v1/loyalty/accounts/{id}``."""
    account = checks.object_id("id", account)
    return Call(
        operation="accounts.retrieve",
        method="GET",
        path=path_of(*_COLLECTION, account),
        query=expand_query(expand),
        result=Account,
        expected={"id": account},
    )


def update(
    account: str,
    *,
    tier: str | None,
    customer: str | None,
    metadata: Mapping[str, str | None] | None,
    idempotency_key: str | None,
) -> Call[PlainAccount]:
    """``POST /v1/loyalty/accounts/{id}``."""
    account = checks.object_id("id", account)
    body = given(
        tier=checks.optional_id("tier", tier),
        customer=checks.optional_id("customer", customer),
        metadata=checks.metadata_changes(metadata),
    )
    return _post("update", (*_COLLECTION, account), body, idempotency_key, {"id": account})


def close(account: str, idempotency_key: str | None) -> Call[PlainAccount]:
    """``POST /v1/loyalty/accounts/{id}/close``."""
    account = checks.object_id("id", account)
    closed = Echo(
        codes=frozenset({"account_closed"}),
        collection=_COLLECTION,
        account=account,
        proof={"status": "closed"},
    )
    path = (*_COLLECTION, account, "close")
    return _post("close", path, None, idempotency_key, {"id": account}, echo=closed)


def reopen(account: str, idempotency_key: str | None) -> Call[PlainAccount]:
    """``POST /v1/loyalty/accounts/{id}/reopen``."""
    account = checks.object_id("id", account)
    return _post(
        "reopen", (*_COLLECTION, account, "reopen"), None, idempotency_key, {"id": account}
    )


def merge(*, source: str, target: str, idempotency_key: str | None) -> Call[PlainAccount]:
    """``POST /v1/loyalty/accounts/merge``; the target comes back."""
    source = checks.object_id("source", source)
    target = checks.object_id("target", target)
    if source == target:
        raise checks.refuse("source", "is the target itself; an account cannot absorb itself")
    body: dict[str, JSON] = {"source": source, "target": target}
    merged = Echo(
        codes=frozenset({"account_merged"}), collection=_COLLECTION, account=target, named=True
    )
    return _post(
        "merge", (*_COLLECTION, "merge"), body, idempotency_key, {"id": target}, echo=merged
    )


def list_(
    *,
    program: str | None,
    customer: str | None,
    status: str | None = None,
    expand: Sequence[str] | None = None,
    window: Window | None = None,
) -> Listing[Account]:
    """``GET /v1/loyalty/accounts``, newest first."""
    asked = given(
        program=checks.optional_id("program", program),
        customer=checks.optional_id("customer", customer),
        status=checks.optional_id("status", status),
    )
    filters: Query = tuple((name, str(value)) for name, value in asked.items())
    return listing(
        "accounts.list", _COLLECTION, AccountList, (*filters, *expand_query(expand)), window or {}
    )


def _post(
    name: str,
    segments: Sequence[str],
    body: Mapping[str, JSON] | None,
    idempotency_key: str | None,
    expected: Expected | None = None,
    *,
    echo: Echo | None = None,
) -> Call[PlainAccount]:
    return Call(
        operation=f"accounts.{name}",
        method="POST",
        path=path_of(*segments),
        body=body,
        result=_PLAIN,
        idempotency_key=checks.idempotency_key(idempotency_key),
        expected=expected,
        echo=echo,
    )


def _created(asked: Mapping[str, JSON]) -> Echo | None:
    if "customer" not in asked:
        return None
    return Echo(
        codes=frozenset({"account_already_exists"}),
        collection=_COLLECTION,
        proof=of_account(asked) | {"status": "active"},
    )

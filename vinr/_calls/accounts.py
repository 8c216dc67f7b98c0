"""The guide's accounts: what can be asked of ``/v1/loyalty/accounts``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Required, TypedDict, cast

from .._models.account import Account, PlainAccount
from .._models.envelope import Envelope
from . import checks
from .already_applied import AlreadyApplied, Proof
from .call import Call
from .pages import Listing, Window
from .resource import Resource


class AccountList(Envelope[Account]):
    """A page of accounts on the wire."""


ACCOUNTS: Final[Resource[Account]] = Resource(
    name="accounts", path="/loyalty/accounts", model=Account, page=AccountList, encoding="json"
)

# without expand= the objects behind the ids never come
_UNEXPANDED: Final = cast("Resource[PlainAccount]", ACCOUNTS)


class NewAccount(TypedDict, total=False):
    """What ``create`` takes, beside ``expand``."""

    program: Required[str]
    customer: str | None
    metadata: Mapping[str, str] | None
    idempotency_key: str | None


class NewMember(TypedDict, total=False):
    """What ``get_or_create`` takes, beside ``expand``."""

    program: Required[str]
    customer: Required[str]
    metadata: Mapping[str, str] | None
    idempotency_key: str | None


class AccountChanges(TypedDict, total=False):
    """What ``update`` takes, beside the id and ``expand``."""

    tier: str | None
    customer: str | None
    metadata: Mapping[str, str | None] | None
    idempotency_key: str | None


class AccountFilters(Window, total=False):
    """What ``list`` takes, beside ``expand``."""

    program: str | None
    customer: str | None
    status: str | None


def create(
    *,
    program: str,
    customer: str | None,
    metadata: Mapping[str, str] | None,
    expand: Sequence[str] | None,
    idempotency_key: str | None,
) -> Call[Account]:
    """``POST /v1/loyalty/accounts``."""
    body = {
        "program": checks.object_id("program", program),
        "customer": checks.optional_id("customer", customer),
        "metadata": checks.metadata(metadata),
    }
    return ACCOUNTS.post(
        "create", ACCOUNTS.path, body, expand=expand, idempotency_key=idempotency_key
    )


def update(
    id: str,
    *,
    tier: str | None,
    customer: str | None,
    metadata: Mapping[str, str | None] | None,
    expand: Sequence[str] | None,
    idempotency_key: str | None,
) -> Call[Account]:
    """``POST /v1/loyalty/accounts/{id}``."""
    id = checks.object_id("id", id)
    body = {
        "tier": checks.optional_id("tier", tier),
        "customer": checks.optional_id("customer", customer),
        "metadata": checks.metadata_changes(metadata),
    }
    return ACCOUNTS.post(
        "update",
        ACCOUNTS.path_of(id),
        body,
        expand=expand,
        idempotency_key=idempotency_key,
        expected={"id": id},
    )


def close(id: str, *, idempotency_key: str | None) -> Call[PlainAccount]:
    """``POST /v1/loyalty/accounts/{id}/close``."""
    id = checks.object_id("id", id)
    return _UNEXPANDED.post(
        "close",
        ACCOUNTS.path_of(id, "/close"),
        None,
        idempotency_key=idempotency_key,
        expected={"id": id},
        already_applied=AlreadyApplied(
            code="account_closed",
            proofs=(Proof(_UNEXPANDED.retrieve(id), {"status": "closed"}),),
        ),
    )


def reopen(id: str, *, idempotency_key: str | None) -> Call[PlainAccount]:
    """``POST /v1/loyalty/accounts/{id}/reopen``."""
    id = checks.object_id("id", id)
    return _UNEXPANDED.post(
        "reopen",
        ACCOUNTS.path_of(id, "/reopen"),
        None,
        idempotency_key=idempotency_key,
        expected={"id": id},
    )


def merge(*, source: str, target: str, idempotency_key: str | None) -> Call[PlainAccount]:
    """``POST /v1/loyalty/accounts/merge``; the target comes back."""
    source = checks.object_id("source", source)
    target = checks.object_id("target", target)
    if source == target:
        raise checks.refuse("source", f"is the target itself, {target!r}; name two accounts")
    return _UNEXPANDED.post(
        "merge",
        f"{ACCOUNTS.path}/merge",
        {"source": source, "target": target},
        idempotency_key=idempotency_key,
        expected={"id": target},
        already_applied=AlreadyApplied(
            code="account_merged",
            # the same refusal says that the target itself was merged away, or the source elsewhere
            names=target,
            proofs=(
                Proof(_UNEXPANDED.retrieve(source), {"status": "merged"}),
                Proof(_UNEXPANDED.retrieve(target), {"status": "active"}),
            ),
        ),
    )


def list_(
    *,
    program: str | None,
    customer: str | None,
    status: str | None,
    expand: Sequence[str] | None,
    window: Window,
) -> Listing[Account]:
    """``GET /v1/loyalty/accounts``, newest first."""
    filters = {"program": program, "customer": customer, "status": status}
    return ACCOUNTS.list(filters, window, expand)

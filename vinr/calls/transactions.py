"""The guide's ledger: what can be asked of ``/v1/loyalty/transactions``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..models.envelope import Envelope
from ..models.transaction import Transaction
from . import checks
from .call import Call, Query, given, path_of
from .pages import Listing, Window, listing

_COLLECTION: Final = ("loyalty", "transactions")


class TransactionList(Envelope[Transaction]):
    """A page of the ledger on the wire."""


def create(
    *,
    account: str,
    amount: int,
    type: str,
    reason: str | None,
    metadata: Mapping[str, str] | None,
    idempotency_key: str | None,
) -> Call[Transaction]:
    """``POST /v1/loyalty/transactions``."""
    body = given(
        account=checks.object_id("account", account),
        type=checks.object_id("type", type),
        amount=checks.points("amount", amount),
        reason=checks.optional_text("reason", reason),
        metadata=checks.metadata(metadata),
    )
    return Call(
        operation="transactions.create",
        method="POST",
        path=path_of(*_COLLECTION),
        body=body,
        result=Transaction,
        expected={"account": account},
        idempotency_key=checks.idempotency_key(idempotency_key),
    )


def retrieve(transaction: str) -> Call[Transaction]:
    """``GET /v1/loyalty/transactions/{id}``."""
    transaction = checks.object_id("id", transaction)
    return Call(
        operation="transactions.retrieve",
        method="GET",
        path=path_of(*_COLLECTION, transaction),
        result=Transaction,
        expected={"id": transaction},
    )


def list_(*, account: str | None, type: str | None, window: Window) -> Listing[Transaction]:
    """``GET /v1/loyalty/transactions``, newest first."""
    asked = given(
        account=checks.optional_id("account", account), type=checks.optional_id("type", type)
    )
    filters: Query = tuple((name, str(value)) for name, value in asked.items())
    return listing("transactions.list", _COLLECTION, TransactionList, filters, window)

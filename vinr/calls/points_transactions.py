"""The reference's ledger: what can be asked of ``/v1/points-transactions``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ..models.envelope import Envelope
from ..models.points_transaction import PointsTransaction
from . import checks
from .call import Call, Query, given, path_of
from .expand import expand_body, expand_query
from .pages import Listing, Window, listing

_COLLECTION: Final = "points-transactions"


class PointsTransactionList(Envelope[PointsTransaction]):
    """A page of the ledger on the wire."""


def create(
    *,
    loyalty_account: str,
    amount: int,
    type: str,
    reason: str | None,
    expand: Sequence[str] | None,
    idempotency_key: str | None,
) -> Call[PointsTransaction]:
    """``POST /v1/points-transactions``."""
    body = given(
        loyalty_account=checks.object_id("loyalty_account", loyalty_account),
        amount=checks.unsigned_points("amount", amount),
        type=checks.object_id("type", type),
        reason=checks.optional_text("reason", reason),
    )
    return Call(
        operation="points_transactions.create",
        method="POST",
        path=path_of(_COLLECTION),
        body=body | expand_body(expand),
        encoding="form",
        result=PointsTransaction,
        expected={"loyalty_account_id": loyalty_account},
        idempotency_key=checks.idempotency_key(idempotency_key),
    )


def retrieve(transaction: str, expand: Sequence[str] | None) -> Call[PointsTransaction]:
    """``GET /v1/points-transactions/{id}``."""
    transaction = checks.object_id("id", transaction)
    return Call(
        operation="points_transactions.retrieve",
        method="GET",
        path=path_of(_COLLECTION, transaction),
        query=expand_query(expand),
        result=PointsTransaction,
        expected={"id": transaction},
    )


def list_(
    *,
    loyalty_account: str | None,
    type: str | None,
    expand: Sequence[str] | None,
    window: Window,
) -> Listing[PointsTransaction]:
    """``GET /v1/points-transactions``, newest first."""
    asked = given(
        loyalty_account=checks.optional_id("loyalty_account", loyalty_account),
        type=checks.optional_id("type", type),
    )
    filters: Query = tuple((name, str(value)) for name, value in asked.items())
    return listing(
        "points_transactions.list",
        (_COLLECTION,),
        PointsTransactionList,
        (*filters, *expand_query(expand)),
        window,
    )

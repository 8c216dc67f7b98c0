"""The reference's ledger: what can be asked of ``/v1/points-transactions``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Required, TypedDict

from .._models.envelope import Envelope
from .._models.points_transaction import PointsTransaction
from . import checks
from .call import JSON, Call
from .pages import Listing, Window
from .resource import Resource


class PointsTransactionList(Envelope[PointsTransaction]):
    """A page of the ledger on the wire."""


POINTS_TRANSACTIONS: Final[Resource[PointsTransaction]] = Resource(
    name="points_transactions",
    path="/points-transactions",
    model=PointsTransaction,
    page=PointsTransactionList,
    encoding="form",
)


class NewPointsTransaction(TypedDict, total=False):
    """What ``create`` takes, beside ``expand``."""

    loyalty_account: Required[str]
    amount: Required[int]
    type: Required[str]
    reason: str | None
    idempotency_key: str | None


class PointsTransactionFilters(Window, total=False):
    """What ``list`` takes, beside ``expand``."""

    loyalty_account: str | None
    type: str | None


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
    body: dict[str, JSON] = {
        "loyalty_account": checks.object_id("loyalty_account", loyalty_account),
        "amount": checks.unsigned_points("amount", amount),
        "type": checks.word("type", type),
        "reason": checks.optional_text("reason", reason),
    }
    return POINTS_TRANSACTIONS.post(
        "create",
        POINTS_TRANSACTIONS.path,
        body,
        expand=expand,
        idempotency_key=idempotency_key,
        expected={"loyalty_account_id": body["loyalty_account"]},
    )


def list_(
    *,
    loyalty_account: str | None,
    type: str | None,
    expand: Sequence[str] | None,
    window: Window,
) -> Listing[PointsTransaction]:
    """``GET /v1/points-transactions``, newest first."""
    filters = {"loyalty_account": loyalty_account, "type": type}
    return POINTS_TRANSACTIONS.list(filters, window, expand)

"""The guide's ledger: what can be asked of ``/v1/loyalty/transactions``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .._models.envelope import Envelope
from .._models.transaction import Transaction
from . import checks
from .call import JSON, Call
from .pages import Listing, Window
from .resource import Resource


class TransactionList(Envelope[Transaction]):
    """A page of the ledger on the wire."""


TRANSACTIONS: Final[Resource[Transaction]] = Resource(
    name="transactions",
    path="/loyalty/transactions",
    model=Transaction,
    page=TransactionList,
    encoding="json",
)


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
    body: dict[str, JSON] = {
        "account": checks.object_id("account", account),
        "type": checks.word("type", type),
        "amount": checks.points("amount", amount),
        "reason": checks.optional_text("reason", reason),
        "metadata": checks.metadata(metadata),
    }
    return TRANSACTIONS.post(
        "create",
        TRANSACTIONS.path,
        body,
        idempotency_key=idempotency_key,
        expected={"account": body["account"]},
    )


def list_(*, account: str | None, type: str | None, window: Window) -> Listing[Transaction]:
    """``GET /v1/loyalty/transactions``, newest first."""
    return TRANSACTIONS.list({"account": account, "type": type}, window)

"""The guide's store credit: what can be asked of ``/v1/loyalty/credit``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .._models.credit_entry import CreditEntry
from .._models.envelope import Envelope
from . import checks, value_checks
from .call import Call
from .collection import Collection

CREDIT: Final[Collection[CreditEntry]] = Collection(
    name="loyalty.credit",
    path="/loyalty/credit",
    model=CreditEntry,
    page=Envelope[CreditEntry],
    encoding="json",
    parameters={
        "account": checks.object_id,
        "amount": value_checks.minor_units,
        "currency": value_checks.currency,
        "reason": checks.text,
        "expires_at": value_checks.iso_time,
    },
    required=("account", "amount", "currency"),
    about=("account",),
)


def issue(given: Mapping[str, object], idempotency_key: str | None) -> Call[CreditEntry]:
    """``POST /v1/loyalty/credit``."""
    call = CREDIT.create(given, idempotency_key)
    call.operation = f"{CREDIT.name}.issue"
    return call

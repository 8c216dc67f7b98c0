"""The reference's store credit: what can be asked of ``/v1/store-credit``."""

from __future__ import annotations

from typing import Final

from .._models.envelope import Envelope
from .._models.store_credit import StoreCredit
from . import checks, value_checks
from .collection import Collection

STORE_CREDIT: Final[Collection[StoreCredit]] = Collection(
    name="store_credit",
    path="/store-credit",
    model=StoreCredit,
    page=Envelope[StoreCredit],
    encoding="form",
    parameters={
        "customer": checks.object_id,
        "amount": value_checks.minor_units,
        "currency": value_checks.currency,
        "reason": checks.text,
        "expires_at": checks.unix_seconds,
    },
    required=("customer", "amount", "currency"),
    about=("customer",),
)

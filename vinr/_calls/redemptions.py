"""The reference's redemptions: what can be asked of ``/v1/redemptions``."""

from __future__ import annotations

from typing import Final

from .._models.envelope import Envelope
from .._models.redemption import Redemption
from . import checks, value_checks
from .collection import Collection

REDEMPTIONS: Final[Collection[Redemption]] = Collection(
    name="redemptions",
    path="/redemptions",
    model=Redemption,
    page=Envelope[Redemption],
    encoding="form",
    parameters={
        "customer": checks.object_id,
        "redeemable_id": checks.object_id,
        "redeemable_type": value_checks.word_like("reward", "coupon", "offer"),
    },
    required=("customer", "redeemable_id", "redeemable_type"),
    about=("customer", "redeemable_id"),
)

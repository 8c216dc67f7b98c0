"""The guide's rewards: what can be asked of ``/v1/loyalty/rewards``."""

from __future__ import annotations

from typing import Final

from .._models.envelope import Envelope
from .._models.loyalty_reward import Reward
from . import checks, value_checks
from .collection import Collection

LOYALTY_REWARDS: Final[Collection[Reward]] = Collection(
    name="loyalty.rewards",
    path="/loyalty/rewards",
    model=Reward,
    page=Envelope[Reward],
    encoding="json",
    parameters={
        "program": checks.object_id,
        "name": value_checks.name,
        "type": value_checks.word_like("discount_amount", "store_credit"),
        "cost": value_checks.whole_number,
        "value": value_checks.open_object,
        "active": value_checks.switch,
    },
    required=("program", "name", "type", "cost"),
)

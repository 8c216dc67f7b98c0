"""The reference's rewards: what can be asked of ``/v1/rewards``."""

from __future__ import annotations

from typing import Final

from .._models.envelope import Envelope
from .._models.reward import Reward
from . import checks, value_checks
from .collection import Collection

REWARDS: Final[Collection[Reward]] = Collection(
    name="rewards",
    path="/rewards",
    model=Reward,
    page=Envelope[Reward],
    encoding="form",
    parameters={
        "name": value_checks.name,
        "points_cost": value_checks.whole_number,
        "type": value_checks.word_like("discount", "item"),
        "value": value_checks.whole_number_or_text,
        "active": value_checks.switch,
        "program": checks.object_id,
    },
    required=("name", "points_cost", "type"),
)

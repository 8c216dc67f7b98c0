"""The reference's tiers: what can be asked of ``/v1/tiers``."""

from __future__ import annotations

from typing import Final

from .._models.envelope import Envelope
from .._models.linked import Tier
from . import checks, value_checks
from .collection import Collection

TIERS: Final[Collection[Tier]] = Collection(
    name="tiers",
    path="/tiers",
    model=Tier,
    page=Envelope[Tier],
    encoding="form",
    parameters={
        "name": value_checks.name,
        "min_points": value_checks.whole_number,
        "benefits": value_checks.names,
        "program": checks.object_id,
    },
    required=("name", "min_points"),
)

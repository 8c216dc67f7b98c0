"""The reference's earning rules: what can be asked of ``/v1/earning-rules``."""

from __future__ import annotations

from typing import Final

from .._models.earning_rule import EarningRule
from .._models.envelope import Envelope
from . import checks, value_checks
from .collection import Collection

EARNING_RULES: Final[Collection[EarningRule]] = Collection(
    name="earning_rules",
    path="/earning-rules",
    model=EarningRule,
    page=Envelope[EarningRule],
    encoding="form",
    parameters={
        "name": value_checks.name,
        "event": checks.event_type,
        "points_per_unit": value_checks.whole_number,
        "unit_value": value_checks.minor_units,
        "active": value_checks.switch,
    },
    required=("name", "event", "points_per_unit"),
)

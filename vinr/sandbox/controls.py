"""What the control side acts on, beside the ledger."""

from __future__ import annotations

from dataclasses import dataclass

from .clock import Clock
from .faults.plans import FaultPlans
from .states import States
from .webhooks.webhooks import Webhooks


@dataclass(frozen=True, slots=True)
class Controls:
    """The parts of a sandbox that a test moves."""

    clock: Clock
    faults: FaultPlans
    webhooks: Webhooks
    states: States

"""The parts of a sandbox, besides the ledger, that the control side changes."""

from __future__ import annotations

from dataclasses import dataclass

from ..clock import Clock
from ..faults.plans import FaultPlans
from ..state import SandboxState
from ..webhooks.webhooks import Webhooks


@dataclass(frozen=True, slots=True)
class Controls:
    """What a test controls: time, faults, webhooks, and the state as a whole."""

    clock: Clock
    faults: FaultPlans
    webhooks: Webhooks
    state: SandboxState

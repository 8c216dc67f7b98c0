"""The parts of a sandbox behind its HTTP interface, wired together in one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .api.api import Api
from .api.controls import Controls
from .api.operations import OPERATIONS
from .clock import Clock
from .event_log import record_changes
from .faults.plans import FaultPlans
from .ids import Ids
from .ledger.ledger import Ledger
from .ledger.store import Store
from .programs import Program
from .rate_limit import RateLimit, RateLimiter
from .state import SandboxState
from .webhooks.webhooks import Webhooks


@dataclass(frozen=True, slots=True)
class Service:
    """The stand-in for VINR's service: its API, and what a test steers it with."""

    store: Store
    ledger: Ledger
    clock: Clock
    faults: FaultPlans
    webhooks: Webhooks
    state: SandboxState
    api: Api

    @classmethod
    def make(
        cls,
        store: Store,
        clock: Clock,
        ids: Ids,
        *,
        programs: Sequence[Program] = (),
        rate_limit: RateLimit | None = None,
    ) -> Service:
        """A service on a store, with its programs added to those in the store.

        The store is closed where that fails.
        """
        try:
            return cls._wire(store, clock, ids, programs, rate_limit)
        except BaseException:
            store.close()
            raise

    @classmethod
    def _wire(
        cls,
        store: Store,
        clock: Clock,
        ids: Ids,
        programs: Sequence[Program],
        rate_limit: RateLimit | None,
    ) -> Service:
        ledger = Ledger(store, clock, ids, record_changes)
        faults = FaultPlans([each.name for each in OPERATIONS if not each.control])
        webhooks = Webhooks(ledger, clock)
        state = SandboxState(ledger, webhooks, faults, programs)
        state.set_up()
        controls = Controls(clock, faults, webhooks, state)
        api = Api(ledger, RateLimiter(rate_limit, clock), ids, controls)
        return cls(store, ledger, clock, faults, webhooks, state, api)

    def close(self) -> None:
        """Save the clock and close the store; closing twice does nothing."""
        if not self.store.closed:
            self.ledger.save_clock()
        self.store.close()

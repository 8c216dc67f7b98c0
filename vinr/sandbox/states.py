"""A sandbox's whole state: set up, kept aside, put back, begun anew."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from itertools import count
from threading import Lock
from typing import Final

from .faults.plans import FaultPlans
from .ledger import idempotency, programs
from .ledger.store import Store
from .ledger.work import Ledger
from .programs import DEFAULT_PROGRAM, Program
from .refusal import Refusal
from .webhooks.webhooks import Webhooks

_MOST_KEPT: Final = 20
"""Snapshots kept aside; an older one makes room for a new one."""


class States:
    """What is done to everything at once; over HTTP with snapshots that the sandbox keeps."""

    def __init__(
        self, ledger: Ledger, webhooks: Webhooks, faults: FaultPlans, given: Sequence[Program]
    ) -> None:
        """``given`` are the programs that the sandbox is made with."""
        self._ledger = ledger
        self._webhooks = webhooks
        self._faults = faults
        self._given = given
        self._kept: dict[str, bytes] = {}
        self._numbers = count(1)
        self._lock = Lock()

    def set_up(self) -> None:
        """What a sandbox begins with."""
        _set_up(self._ledger, self._given)

    def restore(self, snapshot: bytes) -> None:
        """Put a snapshot in place of everything; ValueError for what is none."""
        self._ledger.restore(snapshot)
        self._webhooks.start_over()

    def reset(self) -> None:
        """Make everything as in a new sandbox that is made with the same programs."""
        with closing(Store()) as store:
            new = self._ledger.another(store)
            _set_up(new, self._given)
            self.restore(new.snapshot())
        self._webhooks.clear()
        self._faults.clear()

    def keep(self) -> str:
        """Keep a snapshot aside; returns its id, ``snap_…``."""
        taken = self._ledger.snapshot()
        with self._lock:
            if len(self._kept) == _MOST_KEPT:
                del self._kept[next(iter(self._kept))]
            id = f"snap_{next(self._numbers)}"
            self._kept[id] = taken
        return id

    def restore_kept(self, id: str) -> None:
        """Put back a snapshot that was kept aside; raises Refusal where there is none."""
        taken = self._kept.get(id)
        if taken is None:
            message = f"No such snapshot; the last {_MOST_KEPT} are kept."
            raise Refusal("resource_missing", message, param="snapshot")
        self.restore(taken)


def _set_up(ledger: Ledger, given: Sequence[Program]) -> None:
    with ledger.write() as work:
        idempotency.forget_old(work)
        if not given and not programs.every(work):
            given = (DEFAULT_PROGRAM,)
        for program in given:
            programs.put(work, program)

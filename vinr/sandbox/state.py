"""The whole state of a sandbox: its setup, snapshots of it, and starting over."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from itertools import count
from threading import Lock
from typing import Final

from .faults.plans import FaultPlans
from .ledger import idempotency, programs
from .ledger.ledger import Ledger
from .ledger.store import Store
from .programs import DEFAULT_PROGRAM, Program
from .refusal import Refusal
from .webhooks.webhooks import Webhooks

_MOST_SNAPSHOTS: Final = 20
MOST_SNAPSHOT_BYTES = 128 * 1024 * 1024
"""Of all snapshots that are kept; the oldest are dropped for a new one, which is always kept."""


class SandboxState:
    """Operations on everything at once. Snapshots made over HTTP are kept here, by their ids."""

    def __init__(
        self, ledger: Ledger, webhooks: Webhooks, faults: FaultPlans, programs: Sequence[Program]
    ) -> None:
        """``programs`` are those that the sandbox is made with."""
        self._ledger = ledger
        self._webhooks = webhooks
        self._faults = faults
        self._programs = programs
        self._snapshots: dict[str, bytes] = {}
        self._numbers = count(1)
        self._lock = Lock()

    def set_up(self) -> None:
        """Add the programs of a new sandbox."""
        _set_up(self._ledger, self._programs)

    def restore(self, snapshot: bytes) -> None:
        """Replace everything by a snapshot; raises ValueError for bytes that are none."""
        self._ledger.restore(snapshot)
        self._webhooks.restart_from_now()

    def reset(self) -> None:
        """Make everything as in a new sandbox that is made with the same programs."""
        with closing(Store()) as store:
            new = self._ledger.like_this_on(store)
            _set_up(new, self._programs)
            self.restore(new.snapshot())
        self._webhooks.clear()
        self._faults.clear()

    def keep_snapshot(self) -> str:
        """Keep a snapshot and return its id, ``snap_…``."""
        snapshot = self._ledger.snapshot()
        with self._lock:
            self._make_room(len(snapshot))
            id = f"snap_{next(self._numbers)}"
            self._snapshots[id] = snapshot
        return id

    def _make_room(self, size: int) -> None:
        room = MOST_SNAPSHOT_BYTES - size - sum(map(len, self._snapshots.values()))
        while self._snapshots and (room < 0 or len(self._snapshots) >= _MOST_SNAPSHOTS):
            room += len(self._snapshots.pop(next(iter(self._snapshots))))

    def restore_kept_snapshot(self, id: str) -> None:
        """Replace everything by a snapshot that is kept; refuses an unknown id."""
        snapshot = self._snapshots.get(id)
        if snapshot is None:
            message = (
                f"No such snapshot; the last {_MOST_SNAPSHOTS} are kept,"
                f" of {MOST_SNAPSHOT_BYTES // 2**20} MiB together."
            )
            raise Refusal("resource_missing", message, param="snapshot")
        self.restore(snapshot)


def _set_up(ledger: Ledger, new_programs: Sequence[Program]) -> None:
    with ledger.write() as work:
        idempotency.delete_expired(work)
        if not new_programs and not programs.every(work):
            new_programs = (DEFAULT_PROGRAM,)
        for program in new_programs:
            programs.put(work, program)

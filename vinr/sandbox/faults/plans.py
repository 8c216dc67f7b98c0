"""Plans: which of the coming requests meet which fault."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Final, Protocol

from .kinds import Fault

EVERY: Final = "*"
"""Any operation but those of the control side."""
_MOST: Final = 10_000
"""Faults of one plan."""


@dataclass(frozen=True, slots=True)
class PendingFault:
    """A planned fault that no request has met yet."""

    operation: str
    fault: Fault
    times: int

    @property
    def description(self) -> str:
        """The fault as it is written: ``Status(429, retry_after=1)``."""
        return repr(self.fault)


class _Plan(Protocol):
    operation: str

    def take(self) -> Fault | None: ...
    def pending(self) -> list[PendingFault]: ...


@dataclass(slots=True)
class _Ordered:
    operation: str
    left: deque[Fault]

    def take(self) -> Fault | None:
        return self.left.popleft() if self.left else None

    def pending(self) -> list[PendingFault]:
        runs: list[PendingFault] = []
        for fault in self.left:
            same = runs and runs[-1].fault == fault
            times = runs.pop().times + 1 if same else 1
            runs.append(PendingFault(self.operation, fault, times))
        return runs


@dataclass(slots=True)
class _Random:
    operation: str
    faults: Sequence[Fault]
    probability: float
    left: int | None
    dice: random.Random = field(default_factory=random.Random)

    def take(self) -> Fault | None:
        if self.left == 0 or self.dice.random() >= self.probability:
            return None
        if self.left is not None:
            self.left -= 1
        return self.dice.choice(self.faults)

    def pending(self) -> list[PendingFault]:
        # one without an end cannot be used up, so nothing of it is owed
        return [PendingFault(self.operation, self.faults[0], self.left)] if self.left else []


class PlanError(ValueError):
    """What cannot be planned, and the parameter that says so."""

    def __init__(self, param: str, message: str) -> None:
        super().__init__(message)
        self.param = param


class FaultPlans:
    """``sandbox.faults``; the same over HTTP under ``/_sandbox/faults``.

    Requests take the faults planned for their operation in the order in which they were
    planned, through whichever door they come; a retry is a request like any other.
    """

    def __init__(self, operations: Collection[str]) -> None:
        """``operations`` are the names that a plan can be for."""
        self._operations = operations
        self._plans: list[_Plan] = []
        self._lock = Lock()

    def add(
        self,
        operation: str,
        faults: Sequence[Fault] | Fault,
        *,
        times: int | None = None,
        probability: float | None = None,
        seed: int | None = None,
    ) -> None:
        """Plan faults for the next requests of an operation: ``transactions.create``, or ``*``.

        In order, the whole sequence ``times`` over (once by default). With a ``probability``
        from 0 to 1, each request meets one of them by chance, at most ``times`` in all (without
        an end by default), the same ones in every run with the same ``seed``. Raises ValueError
        for what cannot be planned.
        """
        given = tuple(faults) if isinstance(faults, Sequence) else (faults,)
        self._check(operation, given, times)
        plan: _Plan
        if probability is None:
            plan = _Ordered(operation, deque(given * (times or 1)))
        elif 0 <= probability <= 1:
            dice = random.Random(seed)  # noqa: S311 - chance for tests, not secrets
            plan = _Random(operation, given, probability, times, dice)
        else:
            message = f"a probability lies between 0 and 1, not at {probability!r}"
            raise PlanError("probability", message)
        with self._lock:
            self._plans.append(plan)

    def pending(self) -> list[PendingFault]:
        """Those that no request has met yet, in the order planned."""
        with self._lock:
            return [each for plan in self._plans for each in plan.pending()]

    def assert_used(self) -> None:
        """Raises AssertionError where planned faults were not met."""
        unused = [f"{each.operation}: {each.description} x{each.times}" for each in self.pending()]
        if unused:
            raise AssertionError(f"faults that no request has met: {'; '.join(unused)}")

    def clear(self) -> None:
        """Forget all plans."""
        with self._lock:
            self._plans.clear()

    @property
    def planned(self) -> bool:
        """Whether there is any plan at all."""
        return bool(self._plans)

    def take(self, operation: str) -> Fault | None:
        """The fault that a request of this operation meets now."""
        with self._lock:
            for plan in self._plans:
                if plan.operation in (operation, EVERY):
                    fault = plan.take()
                    if fault is not None:
                        return fault
        return None

    def _check(self, operation: str, faults: Sequence[Fault], times: int | None) -> None:
        if operation != EVERY and operation not in self._operations:
            known = ", ".join(sorted(self._operations))
            raise PlanError("operation", f"there is no operation {operation!r}; there are: {known}")
        if not faults:
            raise PlanError("faults", "a plan needs at least one fault, such as Status(503)")
        for fault in faults:
            if not isinstance(fault, Fault):
                shown = f"{fault.__name__}, the class" if isinstance(fault, type) else repr(fault)
                message = f"a fault is an object such as LoseReply() or Status(503), not {shown}"
                raise PlanError("faults", message)
        if times is not None and not 1 <= times * len(faults) <= _MOST:
            message = (
                f"times is a whole number above zero, for {_MOST} faults at most, not {times!r}"
            )
            raise PlanError("times", message)

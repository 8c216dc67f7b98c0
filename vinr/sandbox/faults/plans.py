"""Fault plans: which of the next requests get which fault."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Final, Protocol

from ..._keywords import names_near_keywords
from .kinds import Fault

EVERY: Final = "*"
"""Any operation but those of the control side."""
_MOST_FAULTS: Final = 10_000
"""Faults in one plan."""


@dataclass(frozen=True, slots=True)
class PendingFault:
    """A planned fault that no request has had yet."""

    operation: str
    """Such as ``transactions.create``, or ``*``."""
    fault: Fault
    """What will happen."""
    times: int
    """To how many requests in a row."""

    @property
    def description(self) -> str:
        """The fault as in Python code: ``Status(429, retry_after=1)``."""
        return repr(self.fault)


class _Plan(Protocol):
    operation: str

    def take(self) -> Fault | None: ...
    def pending(self) -> list[PendingFault]: ...


@dataclass(slots=True)
class _OrderedPlan:
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
class _RandomPlan:
    operation: str
    faults: Sequence[Fault]
    probability: float
    left: int | None
    generator: random.Random = field(default_factory=random.Random)

    def take(self) -> Fault | None:
        if self.left == 0 or self.generator.random() >= self.probability:
            return None
        if self.left is not None:
            self.left -= 1
        return self.generator.choice(self.faults)

    def pending(self) -> list[PendingFault]:
        # a plan without an end is never used up, so nothing of it counts as pending
        return [PendingFault(self.operation, self.faults[0], self.left)] if self.left else []


class PlanError(ValueError):
    """A plan that cannot be made, and the parameter that is wrong."""

    def __init__(self, param: str, message: str) -> None:
        super().__init__(message)
        self.param = param


@names_near_keywords
class FaultPlans:
    """``sandbox.faults``; the same over HTTP under ``/_sandbox/faults``.

    Requests get the faults planned for their operation in the order in which they were planned,
    in process and over HTTP alike; a retry is a request like any other.
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
        """Plan faults for the next requests of an operation.

        Args:
            operation: Such as ``transactions.create``, or ``*`` for any.
            faults: In their order.
            times: How often the whole sequence comes, once by default; with a probability, how many
                requests get one at most.
            probability: From 0 to 1: each request gets one of the faults by chance.
            seed: Makes the chance the same in every run.

        Raises:
            ValueError: A plan that cannot be made.

        Example:
            ```python
            sandbox.faults.add("transactions.create", [Status(429, retry_after=1), LoseReply()])
            ```

        Source: our choice.
        """
        sequence = tuple(faults) if isinstance(faults, Sequence) else (faults,)
        self._check(operation, sequence, times)
        plan: _Plan
        if probability is None:
            plan = _OrderedPlan(operation, deque(sequence * (times or 1)))
        elif 0 <= probability <= 1:
            generator = random.Random(seed)  # noqa: S311 - chance for tests, not secrets
            plan = _RandomPlan(operation, sequence, probability, times, generator)
        else:
            message = f"a probability lies between 0 and 1, not at {probability!r}"
            raise PlanError("probability", message)
        with self._lock:
            self._plans.append(plan)

    def pending(self) -> list[PendingFault]:
        """The faults that no request has had yet, in the order planned."""
        with self._lock:
            return [each for plan in self._plans for each in plan.pending()]

    def assert_used(self) -> None:
        """Fails where planned faults were not used.

        Raises:
            AssertionError: It names them.

        Source: our choice.
        """
        unused = [f"{each.operation}: {each.description} x{each.times}" for each in self.pending()]
        if unused:
            raise AssertionError(f"planned faults that no request has had: {'; '.join(unused)}")

    def clear(self) -> None:
        """Delete all plans."""
        with self._lock:
            self._plans.clear()

    @property
    def planned(self) -> bool:
        """Whether there is any plan at all."""
        return bool(self._plans)

    def take(self, operation: str) -> Fault | None:
        """The next fault of a request of this operation, if one is planned; it is then used up."""
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
        if times is not None and not 1 <= times * len(faults) <= _MOST_FAULTS:
            most = _MOST_FAULTS
            message = (
                f"times is a whole number above zero, for {most} faults at most, not {times!r}"
            )
            raise PlanError("times", message)

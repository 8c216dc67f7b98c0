"""What the inspector shows if the sandbox has it: fault plans and webhook deliveries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol

FaultKind = Literal["status", "lose_reply", "reset", "slow"]

FAULT_KINDS: Final[Mapping[str, str]] = {
    "status": "Status: answer with an error",
    "lose_reply": "LoseReply: execute, then lose the answer",
    "reset": "Reset: cut the connection",
    "slow": "Slow: answer late",
}


@dataclass(frozen=True, slots=True)
class AskedFault:
    """A fault as the form asks for it."""

    operation: str
    kind: FaultKind
    status: int
    """For the kind ``status``."""
    retry_after: int | None
    """Seconds, for the kind ``status``."""
    seconds: float
    """For the kind ``slow``."""
    times: int


@dataclass(frozen=True, slots=True)
class PendingFault:
    """A fault that has not happened yet."""

    operation: str
    description: str
    """Such as ``Status(429, retry_after=1)``."""
    times: int


class Faults(Protocol):
    """Where faults are planned."""

    def plan(self, asked: AskedFault) -> None:
        """Let it happen to one of the next requests; raises ValueError for what cannot be."""
        ...

    def pending(self) -> Sequence[PendingFault]:
        """All that have not happened yet, the next ones first."""
        ...


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt to deliver an event."""

    event: str
    """``evt_…``"""
    url: str
    attempt: int
    at: float
    """Unix seconds on the sandbox's clock."""
    outcome: str
    """Such as ``200``, ``timed out``, or ``due`` for one that is still to come."""


class Deliveries(Protocol):
    """Where webhook deliveries are noted."""

    def of(self, events: Sequence[str]) -> Sequence[Delivery]:
        """The deliveries of some events, by their ids."""
        ...

"""One attempt to deliver an event, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt to deliver an event."""

    event: str
    """``evt_…``"""
    type: str
    """Of the event, such as ``loyalty.points.earned``."""
    url: str
    """Where it was sent."""
    attempt: int
    """1 for the first."""
    at: float
    """Unix seconds on the sandbox's clock: when it was due."""
    status: int | None
    """The status that the endpoint answered with; None where no answer came."""
    error: str | None = None
    """Why no answer came."""

    @property
    def succeeded(self) -> bool:
        """Whether the endpoint accepted it."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def outcome(self) -> str:
        """In a word: ``200``, or why no answer came."""
        return str(self.status) if self.error is None else self.error

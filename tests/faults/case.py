"""A row of the matrix: what goes wrong, and what each side must see of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vinr import VinrError

from .server import Fault

CallName = Literal["post", "read", "list"]


@dataclass(frozen=True, kw_only=True)
class Case:
    """The plan of the server, and the only right outcome."""

    name: str
    plan: tuple[Fault, ...] = ()
    always: Fault | None = None
    call: CallName = "post"
    requests: int | None = 1
    """That the server has read whole; None where it may have hung up before."""
    effects: int = 1
    """That the call's key had on the server."""
    raises: type[VinrError] | None = None
    """Exactly this class; None where there is a result."""
    unknown: bool | None = False
    """None where it depends on who was faster."""
    attempts: int | None = None
    """Where they are not as many as the requests."""
    status: int | None = None
    retry_after: float | None = None
    message: str = ""
    """A part of it."""
    max_retries: int = 2
    timeout: float = 5
    deadline: float | None = None
    longest: float = 8
    """Seconds that the call may take at most; wide, as the machine may be busy."""

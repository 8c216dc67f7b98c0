"""How much of a response reaches the caller: all of it, unless a fault was planned."""

from __future__ import annotations

from typing import Literal, NamedTuple

from .http_message import HttpResponse

Ending = Literal["complete", "truncated", "closed", "reset", "garbage"]
"""``closed``: the connection closes without an answer. ``garbage``: bytes that are no HTTP."""


class Transmission(NamedTuple):
    """What a transport or the HTTP server does in answer to a request."""

    ending: Ending
    response: HttpResponse | None = None
    """Sent for ``complete`` and ``truncated``; for the others, what the caller never saw."""

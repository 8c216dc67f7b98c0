"""Where events go, and what became of each attempt."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import httpx

from ...hosts import is_loopback
from ..event_log import EVENT_TYPES

_LAST_PORT: Final = 65535


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A URL that events are sent to."""

    url: str
    secret: str
    """``whsec_…``: what deliveries are signed with."""
    events: frozenset[str] | None
    """The types that are sent; None: all."""
    doubled: bool
    """Every event is delivered twice."""
    out_of_order: bool
    """Events that wait together are delivered newest first."""

    def takes(self, type: str) -> bool:
        """Whether events of a type are sent here."""
        return self.events is None or type in self.events


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt to deliver an event."""

    event: str
    """``evt_…``"""
    type: str
    url: str
    attempt: int
    """1 for the first."""
    at: float
    """Unix seconds on the sandbox's clock: when it was due."""
    status: int | None
    """What the endpoint answered; None where no answer came."""
    error: str | None = None
    """Why no answer came."""

    @property
    def succeeded(self) -> bool:
        """Whether the endpoint took it."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def outcome(self) -> str:
        """In a word: ``200``, or why no answer came."""
        return str(self.status) if self.error is None else self.error


class EndpointError(ValueError):
    """What cannot be an endpoint, and the parameter that says so."""

    def __init__(self, param: str, message: str) -> None:
        super().__init__(message)
        self.param = param


class ElsewhereError(EndpointError):
    """A URL of another machine."""


def check_url(url: str, *, anywhere: bool) -> None:
    """Raises EndpointError for a URL that nothing may be sent to."""
    if not isinstance(url, str):
        raise EndpointError("url", f"the webhook's url is a text, not {url!r}")
    try:
        # read by what will send to it: two readers may disagree about the host
        parts = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise EndpointError("url", f"the webhook's url is no valid URL: {error}") from None
    if parts.scheme not in ("http", "https") or not parts.host:
        raise EndpointError("url", f"the webhook's url must be an http or https URL, not {url!r}")
    if parts.port is not None and parts.port > _LAST_PORT:
        raise EndpointError("url", f"the webhook's url has no valid port: {parts.port}")
    if not anywhere and not is_loopback(parts.host):
        raise ElsewhereError("url", f"the webhook's url leads to {parts.host}, not to this machine")


def types_of(events: Collection[str] | None) -> frozenset[str] | None:
    """The types that an endpoint asks for; raises EndpointError for what no event is of."""
    if events is None:
        return None
    known = ", ".join(EVENT_TYPES)
    if isinstance(events, str) or not events:
        raise EndpointError("events", f"events are one or more of: {known}; not {events!r}")
    for type in events:
        if type not in EVENT_TYPES:
            raise EndpointError("events", f"there are no events {type!r}; there are: {known}")
    return frozenset(events)

"""Webhook endpoints: URLs of this machine that events are sent to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, Literal

import httpx

from ..._hosts import is_loopback
from ..event_log import EVENT_TYPES, GUIDE_EVENT_TYPES, REFERENCE_EVENT_TYPES
from ..ledger.webhook_endpoints import EVERY_EVENT, WebhookEndpoint

EventDialect = Literal["guide", "reference", "both"]

_TYPES_OF_DIALECT: Final[Mapping[str, frozenset[str] | None]] = {
    "guide": frozenset(GUIDE_EVENT_TYPES),
    "reference": frozenset(REFERENCE_EVENT_TYPES),
    "both": None,
}
_LAST_PORT: Final = 65535


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A URL that events are sent to."""

    url: str
    """Where events are sent."""
    secret: str
    """``whsec_…``: deliveries are signed with it."""
    events: frozenset[str] | None
    """The types that are sent; None: all."""
    doubled: bool
    """Every event is delivered twice, as a receiver has to expect."""
    out_of_order: bool
    """Events that are due together are delivered newest first."""

    def takes(self, type: str) -> bool:
        """Whether events of a type are sent here."""
        return self.events is None or type in self.events


def made_by_api(row: WebhookEndpoint) -> Endpoint | None:
    """An endpoint that was made through the API; None where its URL is of another machine."""
    events = None if EVERY_EVENT in row.enabled_events else frozenset(row.enabled_events)
    endpoint = Endpoint(row.url, row.secret, events, doubled=False, out_of_order=False)
    return endpoint if is_loopback(httpx.URL(row.url).host) else None


class EndpointError(ValueError):
    """An endpoint that cannot be added, and the parameter that is wrong."""

    def __init__(self, param: str, message: str) -> None:
        super().__init__(message)
        self.param = param


class OtherMachineError(EndpointError):
    """A URL of another machine."""


def check_url(url: str, *, anywhere: bool) -> None:
    """Raises EndpointError for a URL that events cannot be sent to."""
    if not isinstance(url, str):
        raise EndpointError("url", f"the webhook's url is a text, not {url!r}")
    try:
        # Parsed by the library that will send to it: two parsers may disagree about the host.
        parts = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise EndpointError("url", f"the webhook's url is no valid URL: {error}") from None
    if parts.scheme not in ("http", "https") or not parts.host:
        raise EndpointError("url", f"the webhook's url must be an http or https URL, not {url!r}")
    if parts.port is not None and not 0 < parts.port <= _LAST_PORT:
        raise EndpointError("url", f"the webhook's url has no valid port: {parts.port}")
    if not anywhere and not is_loopback(parts.host):
        raise OtherMachineError(
            "url", f"the webhook's url leads to {parts.host}, not to this machine"
        )


def types_of(events: Collection[str] | None, dialect: str | None) -> frozenset[str] | None:
    """The types that an endpoint asks for, by name or by dialect; None: all.

    Raises EndpointError for an unknown type or dialect, and where both are given.
    """
    if events is not None:
        if dialect is not None:
            raise EndpointError("dialect", "events and a dialect cannot be given together")
        return _known_types(events)
    name = dialect or "guide"
    if name not in _TYPES_OF_DIALECT:
        known = ", ".join(_TYPES_OF_DIALECT)
        raise EndpointError("dialect", f"a dialect is one of: {known}; not {dialect!r}")
    return _TYPES_OF_DIALECT[name]


def _known_types(events: Collection[str]) -> frozenset[str]:
    known = ", ".join(EVENT_TYPES)
    if isinstance(events, str) or not events:
        raise EndpointError("events", f"events are one or more of: {known}; not {events!r}")
    for type in events:
        if type not in EVENT_TYPES:
            raise EndpointError("events", f"there are no events {type!r}; there are: {known}")
    return frozenset(events)

"""Access control: which requests are refused because of where they come from.

A web page that is open in a browser on this machine can send requests here. It must not reach a
sandbox by a name of its own that leads to this machine (DNS rebinding), and it must not change one
with a form or a script of its own (cross-site request forgery). And who reaches a sandbox over the
network does not plan its faults or empty it, unless its control side was opened.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from .._hosts import is_loopback
from .http_message import CONTROL_PREFIX, HttpRequest
from .refusal import Refusal

_HOST: Final = re.compile(r"(\[[0-9a-fA-F:.]+\]|[0-9A-Za-z._-]+)(:[0-9]{1,5})?", re.ASCII)
_READING: Final = ("GET", "HEAD")
_OWN_PAGES: Final = ("same-origin", "none")
"""``Sec-Fetch-Site`` of requests from pages of the sandbox, and from the address bar."""
_HEALTH: Final = f"{CONTROL_PREFIX}health"
_PRIVATE: Final = (".internal", ".local", ".localhost")
"""Endings of names that public DNS does not have, so no page of the internet has one."""


class Area(Enum):
    """The part of a sandbox that a request is for."""

    API = auto()
    """``/v1``: needs an API key, so no other page can use it."""
    OPENAPI = auto()
    CONTROL = auto()
    INSPECTOR = auto()


@dataclass(frozen=True, slots=True)
class Listening:
    """How a sandbox listens: who can come, and what they are let into."""

    only_here: bool = True
    """On a loopback address, so that only this machine can connect."""
    allowed_hosts: frozenset[str] = frozenset()
    """Names that lead to the sandbox besides those it knows, in lower case."""
    open_control: bool = False
    """Other machines may use the control side and the inspector too."""


def check(
    request: HttpRequest, area: Area, listening: Listening | None = None, peer: str | None = None
) -> None:
    """Raise Refusal for a request that may not come from where it comes from.

    ``peer`` is the address that it was sent from. Without ``listening`` it was handed over in this
    process, where any name may lead to the sandbox; the inspector answers on this machine's names
    all the same.
    """
    host = request.headers.get("host", "")
    if listening is not None:
        _check_name(host, listening)
        if area in (Area.CONTROL, Area.INSPECTOR) and request.path != _HEALTH:
            _check_peer(listening, peer or "")
    if area is Area.INSPECTOR and not is_this_machine(host):
        raise Refusal("permission_denied", "The inspector answers on localhost and 127.0.0.1 only.")
    if area in (Area.CONTROL, Area.INSPECTOR) and request.method not in _READING:
        _check_origin(request, area, f"http://{host}")


def is_this_machine(host: str) -> bool:
    """Whether the value of a Host header is a loopback address or ``localhost``."""
    name = _name_in(host)
    return name is not None and is_loopback(name)


def _name_in(host: str) -> str | None:
    match = _HOST.fullmatch(host)
    return None if match is None else match[1].strip("[]").lower()


def _check_name(host: str, listening: Listening) -> None:
    name = _name_in(host)
    if name is not None:
        if is_loopback(name) or name in listening.allowed_hosts:
            return
        if not listening.only_here and _is_private(name):
            return
    if listening.only_here:
        raise Refusal("permission_denied", "The sandbox answers on localhost and 127.0.0.1 only.")
    raise Refusal(
        "permission_denied",
        f"The sandbox does not answer to the name {name or host!r}: a web page could have made it"
        " lead here. If it is a name of this machine, start the sandbox with --allow-host.",
    )


def _is_private(name: str) -> bool:
    """Whether no page of the internet can be called so: an address, ``sandbox``, ``db.internal``.

    At an address a browser finds the page that this address served, so it is no disguise.
    """
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return "." not in name or name.endswith(_PRIVATE)
    return True


def _check_peer(listening: Listening, peer: str) -> None:
    if not (listening.open_control or is_loopback(peer)):
        raise Refusal(
            "permission_denied",
            "The control side and the inspector are closed to other machines. Use them on the"
            " sandbox's own machine or in its container, or start it with --open-control.",
        )


def _check_origin(request: HttpRequest, area: Area, own_origin: str) -> None:
    # Programs send neither header; browsers send an Origin with every form.
    missing = None if area is Area.INSPECTOR else own_origin
    origin = request.headers.get("origin", missing)
    site = request.headers.get("sec-fetch-site", "same-origin")
    if origin != own_origin or site not in _OWN_PAGES:
        raise Refusal("permission_denied", "This was sent by a page of another site.")

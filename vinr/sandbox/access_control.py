"""Access control: which requests are refused because of where they come from.

A web page that is open in a browser on this machine can send requests here. It must not reach a
sandbox by another name that leads to this machine (DNS rebinding), and it must not change one
with a form or a script of its own (cross-site request forgery).
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final

from .._hosts import is_loopback
from .http_message import HttpRequest
from .refusal import Refusal

_HOST: Final = re.compile(r"(\[[0-9a-fA-F:.]+\]|[0-9A-Za-z.-]+)(:[0-9]{1,5})?", re.ASCII)
_READING: Final = ("GET", "HEAD")
_OWN_PAGES: Final = ("same-origin", "none")
"""``Sec-Fetch-Site`` of requests from pages of the sandbox, and from the address bar."""


class Area(Enum):
    """The part of a sandbox that a request is for."""

    API = auto()
    """``/v1``: needs an API key, so no other page can use it."""
    OPENAPI = auto()
    CONTROL = auto()
    INSPECTOR = auto()


def check(request: HttpRequest, area: Area, *, any_host: bool) -> None:
    """Raise Refusal for a request from a page that is not the sandbox's own.

    With ``any_host`` the sandbox cannot know the names that lead to it, as in a process of its own
    or on other addresses than loopback; the inspector answers on this machine's names all the same.
    """
    host = request.headers.get("host", "")
    if (area is Area.INSPECTOR or not any_host) and not is_this_machine(host):
        raise Refusal("permission_denied", "The sandbox answers on localhost and 127.0.0.1 only.")
    if area in (Area.CONTROL, Area.INSPECTOR) and request.method not in _READING:
        _check_origin(request, area, f"http://{host}")


def is_this_machine(host: str) -> bool:
    """Whether the value of a Host header is a loopback address or ``localhost``."""
    match = _HOST.fullmatch(host)
    return match is not None and is_loopback(match[1].strip("[]").lower())


def _check_origin(request: HttpRequest, area: Area, own_origin: str) -> None:
    # Programs send neither header; browsers send an Origin with every form.
    missing = None if area is Area.INSPECTOR else own_origin
    origin = request.headers.get("origin", missing)
    site = request.headers.get("sec-fetch-site", "same-origin")
    if origin != own_origin or site not in _OWN_PAGES:
        raise Refusal("permission_denied", "This was sent by a page of another site.")

"""Who may see the pages and use their forms: a browser on this machine, on these pages."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from ..._hosts import is_loopback
from ..api.messages import Request

HEADERS: Final[Mapping[str, str]] = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
        " base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    # not no-referrer: browsers would then send forms with an origin of null
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
"""Nothing from elsewhere, no scripts, in no frame, in no cache."""


def refusal(request: Request) -> str | None:
    """Why a request is not let in; None for one that is.

    The host has to be this machine's: a name of somebody else's that leads here would let
    their page read this one. A form has to come from a page of ours.
    """
    host = request.headers.get("host", "")
    if not _is_this_machine(host):
        return "The inspector answers on localhost and 127.0.0.1 only."
    if request.method == "POST" and request.headers.get("origin") != f"http://{host}":
        return "This form was sent from another page."
    return None


def refusal_of_control(request: Request) -> str | None:
    """The same of a request to the control side, which programs send too: those name no origin."""
    host = request.headers.get("host", "")
    if not _is_this_machine(host):
        return "The control side answers on localhost and 127.0.0.1 only."
    origin = request.headers.get("origin", f"http://{host}")
    if request.method != "GET" and origin != f"http://{host}":
        return "This was sent by a page from elsewhere."
    return None


def _is_this_machine(host: str) -> bool:
    try:
        return is_loopback(urlsplit(f"//{host}").hostname or "")
    except ValueError:
        return False

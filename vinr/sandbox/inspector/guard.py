"""Access control: which requests to the inspector and the control side are refused."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from ...hosts import is_loopback
from ..http_message import HttpRequest

HEADERS: Final[Mapping[str, str]] = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
        " base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    # with no-referrer, browsers would send forms with "Origin: null"
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
"""Nothing is loaded from other hosts, no scripts run, and pages are in no frame and no cache."""


def refusal(request: HttpRequest) -> str | None:
    """Why a request to the inspector is refused; None for one that is answered.

    The host has to be a name of this machine: with another name that leads here (DNS rebinding),
    somebody else's page could read this one. A form has to come from one of these pages.
    """
    host = request.headers.get("host", "")
    if not _is_this_machine(host):
        return "The inspector answers on localhost and 127.0.0.1 only."
    if request.method == "POST" and request.headers.get("origin") != f"http://{host}":
        return "This form was sent from another page."
    return None


def refusal_of_control(request: HttpRequest) -> str | None:
    """The same for the control side, which programs use too; they send no ``Origin``."""
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

"""Who may see the pages and use their forms: a browser on this machine, on these pages."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from ..api.messages import Request

_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})

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
    if not _is_loopback(host):
        return "The inspector answers on localhost and 127.0.0.1 only."
    if request.method == "POST" and request.headers.get("origin") != f"http://{host}":
        return "This form was sent from another page."
    return None


def _is_loopback(host: str) -> bool:
    try:
        return urlsplit(f"//{host}").hostname in _LOOPBACK
    except ValueError:
        return False

"""The way of a request through the inspector: guard, route, view, template."""

import logging
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Final
from urllib.parse import parse_qsl, unquote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import Map, RequestRedirect, Rule

from ..api.decoding import LARGEST_BODY
from ..http_message import HttpRequest, HttpResponse
from ..redaction import redact
from ..refusal import Refusal
from . import controls, events, formats, members, programs, requests
from .page import InspectedSandbox, PageRequest, PageResponse

HOME: Final = "/_sandbox/"
_BASE: Final = "/_sandbox/inspector"
_log: Final = logging.getLogger("vinr.sandbox")

_HTML: Final = "text/html; charset=utf-8"

_SECURITY_HEADERS: Final[Mapping[str, str]] = {
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

View = Callable[[InspectedSandbox, PageRequest], PageResponse]

_VIEWS: Final[Mapping[str, tuple[str, str, View]]] = {
    "members": ("GET", HOME, members.members),
    "member": ("GET", f"{_BASE}/members/<id>", members.member),
    "requests": ("GET", f"{_BASE}/requests", requests.request_list),
    "request": ("GET", f"{_BASE}/requests/<id>", requests.one_request),
    "events": ("GET", f"{_BASE}/events", events.events),
    "programs": ("GET", f"{_BASE}/programs", programs.programs),
    "controls": ("GET", f"{_BASE}/controls", controls.controls),
    "faults": ("POST", f"{_BASE}/faults", controls.plan_fault),
    "clock": ("POST", f"{_BASE}/clock", controls.move_clock),
}
_FILES: Final[Mapping[str, tuple[str, str]]] = {
    f"{_BASE}/style.css": ("style.css", "text/css; charset=utf-8"),
    f"{_BASE}/icon.svg": ("icon.svg", "image/svg+xml"),
}

# Made once in a process, as compiling routes and templates takes time.
_ROUTES: Final = Map(
    [
        Rule("/", methods=["GET"], redirect_to=HOME),
        *(
            Rule(path, methods=[method], endpoint=name)
            for name, (method, path, _) in _VIEWS.items()
        ),
    ],
    merge_slashes=False,
    strict_slashes=True,
).bind("sandbox")


def _redacted(value: object) -> object:
    # markup is made of values that were redacted already
    return redact(value) if isinstance(value, str) and not isinstance(value, Markup) else value


_TEMPLATES: Final = Environment(
    finalize=_redacted,  # every value in a page goes through it
    loader=PackageLoader(__package__ or "", "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters |= {
    each.__name__: each
    for each in (
        formats.points,
        formats.signed,
        formats.moment,
        formats.iso,
        formats.milliseconds,
    )
}


class Inspector:
    """Answers the pages under ``/_sandbox/``."""

    def __init__(self, sandbox: InspectedSandbox) -> None:
        self._sandbox = sandbox

    def handle(self, request: HttpRequest) -> HttpResponse:
        """The page at a path."""
        try:
            return self._answer(request)
        except Exception:  # noqa: BLE001 - a bug of the inspector gets a page too
            self._sandbox.ledger.check_open()  # it may have been closed meanwhile
            _log.exception("the inspector failed to make a page")
            return self._render("none", _problem(500, "Failed", "This is a bug of the inspector."))

    def refuse(self, refusal: Refusal) -> HttpResponse:
        """The page for a request that access control refuses."""
        return self._render("none", _problem(refusal.status, "Not from here", refusal.message))

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if request.path in _FILES:
            name, content_type = _FILES[request.path]
            content = files(__package__ or "").joinpath(name).read_bytes()
            return _response(200, content_type, content)
        try:
            name, values = _ROUTES.match(request.path, request.method)
        except RequestRedirect:
            return _response(308, _HTML, b"", {"location": HOME})
        except NotFound:
            return self._render("none", _problem(404, "No such page", "There is nothing here."))
        except MethodNotAllowed:
            return self._render("none", _problem(405, "Not this way", "Use the form on its page."))
        page_request = PageRequest(unquote(values.get("id", "")), _values(request))
        return self._render(name, self._view(name, page_request))

    def _view(self, name: str, request: PageRequest) -> PageResponse:
        _, _, view = _VIEWS[name]
        try:
            return view(self._sandbox, request)
        except Refusal as refusal:
            return _problem(refusal.status, "Not found", refusal.message)

    def _render(self, name: str, page: PageResponse) -> HttpResponse:
        if page.redirect:
            return _response(303, _HTML, b"", {"location": page.redirect})
        now = self._sandbox.clock.now()
        context = {"page": name, "now": now, "home": HOME, "base": _BASE, **page.context}
        text = _TEMPLATES.get_template(page.template).render(context)
        return _response(page.status, _HTML, text.encode(errors="replace"))


def _problem(status: int, title: str, message: str) -> PageResponse:
    return PageResponse("problem.html", {"title": title, "message": message}, status)


def _values(request: HttpRequest) -> Mapping[str, str]:
    text = request.query
    if request.method == "POST":
        text = request.body[:LARGEST_BODY].decode(errors="replace")
    return dict(parse_qsl(text, keep_blank_values=True))


def _response(
    status: int, content_type: str, body: bytes, more: Mapping[str, str] | None = None
) -> HttpResponse:
    headers = {"content-type": content_type, **_SECURITY_HEADERS, **(more or {})}
    return HttpResponse(status, headers, body)

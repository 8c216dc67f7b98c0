"""What the doors open to: the API, its description, the inspector; and the log of it all."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import TYPE_CHECKING, Final

from .api.api import Api
from .api.messages import Request, Response
from .ledger.work import Ledger
from .request_log import RequestLog

if TYPE_CHECKING:
    from .inspector.inspector import Inspector

DESCRIPTION: Final = "/openapi.json"
INSPECTOR: Final = ("/_sandbox", "/_sandbox/", "/_sandbox/inspector")


class Surface:
    """Answers every request, whichever door it came through, from any thread."""

    def __init__(
        self,
        api: Api,
        ledger: Ledger,
        log: RequestLog,
        time: Callable[[], float],
        inspector: Callable[[], Inspector],
    ) -> None:
        """``inspector`` makes the pages when the first one is asked for."""
        self._api = api
        self._ledger = ledger
        self._log = log
        self._time = time
        self._make_inspector = inspector
        self._inspector: Inspector | None = None

    def handle(self, request: Request) -> Response:
        """The response to a request; raises SandboxClosedError after the sandbox was closed."""
        if not request.path.startswith("/v1/"):
            page = self._page(request)
            if page is not None:
                return page
        started = perf_counter()
        response = self._api.handle(request)
        self._log.add(request, response, self._time(), perf_counter() - started)
        return response

    def _page(self, request: Request) -> Response | None:
        self._ledger.check_open()
        if request.path == DESCRIPTION and request.method in ("GET", "HEAD"):
            return _description(request)
        if request.path in INSPECTOR or request.path.startswith(INSPECTOR[-1] + "/"):
            if self._inspector is None:
                self._inspector = self._make_inspector()
            return self._inspector.handle(request)
        return None


def _description(request: Request) -> Response:
    from .openapi.document import document  # noqa: PLC0415 - made when somebody asks for it

    body = b"" if request.method == "HEAD" else document()
    return Response(200, {"content-type": "application/json"}, body)

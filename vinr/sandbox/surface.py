"""What the doors open to: the API, its description, the inspector; and the log of it all."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import TYPE_CHECKING, Final

from .api.messages import Request, Response
from .faults.delivery import Delivery
from .faults.encounter import Encounter, Encounters
from .faults.kinds import Fault
from .ledger.work import Ledger
from .refusal import Refusal
from .request_log import RequestLog

if TYPE_CHECKING:
    from .inspector.inspector import Inspector

DESCRIPTION: Final = "/openapi.json"
INSPECTOR: Final = ("/_sandbox", "/_sandbox/", "/_sandbox/inspector")


class Surface:
    """Takes every request, whichever door it came through, from any thread."""

    def __init__(
        self,
        encounters: Encounters,
        ledger: Ledger,
        log: RequestLog,
        time: Callable[[], float],
        inspector: Callable[[], Inspector],
    ) -> None:
        """``inspector`` makes the pages when the first one is asked for."""
        self._encounters = encounters
        self._ledger = ledger
        self._log = log
        self._time = time
        self._make_inspector = inspector
        self._inspector: Inspector | None = None

    def of(self, request: Request) -> Delivery | Encounter:
        """What becomes of a request: at once, or step by step where a fault was planned.

        Raises SandboxClosedError after the sandbox was closed.
        """
        if not request.path.startswith("/v1/"):
            page = self._page(request)
            if page is not None:
                return Delivery("whole", page)
        fault = self._encounters.fault_of(request)
        started = perf_counter()
        if fault is not None:
            return self._noted(request, fault, started)
        delivery = Delivery("whole", self._encounters.handle(request))
        self._log.add(request, delivery, self._time(), perf_counter() - started)
        return delivery

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        """The answer of a request that came in such a way that nobody can look at it."""
        response = self._encounters.refuse(request, refusal)
        self._log.add(request, Delivery("whole", response), self._time(), 0)
        return response

    def _noted(self, request: Request, fault: Fault, started: float) -> Encounter:
        delivery = Delivery("closed")
        try:
            delivery = yield from self._encounters.meet(request, fault)
            return delivery
        finally:
            # also where the caller gave up
            self._log.add(request, delivery, self._time(), perf_counter() - started, fault)

    def _page(self, request: Request) -> Response | None:
        self._ledger.check_open()
        if request.path == DESCRIPTION and request.method in ("GET", "HEAD"):
            return _description(request)
        if is_page(request.path):
            if self._inspector is None:
                self._inspector = self._make_inspector()
            return self._inspector.handle(request)
        return None


def is_page(path: str) -> bool:
    """Whether the inspector answers there."""
    return path in INSPECTOR or path.startswith(INSPECTOR[-1] + "/")


def _description(request: Request) -> Response:
    from .openapi.document import document  # noqa: PLC0415 - made when somebody asks for it

    body = b"" if request.method == "HEAD" else document()
    return Response(200, {"content-type": "application/json"}, body)

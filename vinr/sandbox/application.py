"""Every request comes here: to the API, the OpenAPI document or the inspector, and into the log."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Final

from .extra import explain_missing_extra
from .fault_injection import DelayedTransmission, FaultInjector
from .faults.kinds import Fault
from .http_message import HttpRequest, HttpResponse
from .refusal import Refusal
from .request_log import RequestLog
from .service import Service
from .transmission import Transmission

if TYPE_CHECKING:
    from .inspector.inspector import Inspector

OPENAPI: Final = "/openapi.json"
INSPECTOR: Final = ("/_sandbox", "/_sandbox/", "/_sandbox/inspector")


class Application:
    """Answers requests from any thread, whether they came in process or over HTTP."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._faults = FaultInjector(service.api, service.faults)
        self._log = RequestLog()
        self._inspector: Inspector | None = None

    def handle(self, request: HttpRequest) -> Transmission | DelayedTransmission:
        """What is sent back; a generator where a planned fault may make the caller wait.

        Raises SandboxClosedError after the sandbox was closed.
        """
        if not request.path.startswith("/v1/"):
            page = self._page(request)
            if page is not None:
                return Transmission("complete", page)
        fault = self._faults.next_fault(request)
        started = perf_counter()
        if fault is not None:
            return self._handle_with_fault(request, fault, started)
        transmission = Transmission("complete", self._service.api.handle(request))
        self._add_to_log(request, transmission, started)
        return transmission

    def refuse(self, request: HttpRequest, refusal: Refusal) -> HttpResponse:
        """The response to a request that is refused without being executed."""
        response = self._service.api.refuse(request, refusal)
        self._add_to_log(request, Transmission("complete", response), perf_counter())
        return response

    def _handle_with_fault(
        self, request: HttpRequest, fault: Fault, started: float
    ) -> DelayedTransmission:
        transmission = Transmission("closed")
        try:
            transmission = yield from self._faults.inject(request, fault)
            return transmission
        finally:
            # also where the caller gave up waiting
            self._add_to_log(request, transmission, started, fault)

    def _add_to_log(
        self,
        request: HttpRequest,
        transmission: Transmission,
        started: float,
        fault: Fault | None = None,
    ) -> None:
        took = perf_counter() - started
        self._log.add(request, transmission, self._service.clock.time(), took, fault)

    def _page(self, request: HttpRequest) -> HttpResponse | None:
        self._service.ledger.check_open()
        if request.path == OPENAPI and request.method in ("GET", "HEAD"):
            return _openapi_document(request)
        if is_page(request.path):
            if self._inspector is None:
                self._inspector = self._make_inspector()
            return self._inspector.handle(request)
        return None

    def _make_inspector(self) -> Inspector:
        with explain_missing_extra():
            from .inspector.inspector import Inspector  # noqa: PLC0415 - it needs Jinja
            from .inspector.page import InspectedSandbox  # noqa: PLC0415 - it comes with it

        service = self._service
        return Inspector(
            InspectedSandbox(
                service.ledger, service.clock, service.faults, self._log, service.webhooks
            )
        )


def is_page(path: str) -> bool:
    """Whether the inspector answers at a path."""
    return path in INSPECTOR or path.startswith(INSPECTOR[-1] + "/")


def _openapi_document(request: HttpRequest) -> HttpResponse:
    from .openapi.document import document  # noqa: PLC0415 - it is made when somebody asks for it

    body = b"" if request.method == "HEAD" else document()
    return HttpResponse(200, {"content-type": "application/json"}, body)

"""Every request comes here: to the API, the OpenAPI document or the inspector, and into the log."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from . import access_control
from .access_control import Area, Listening
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
_ERASURE: Final = "customers.delete"
_INSPECTOR: Final = ("/", "/_sandbox", "/_sandbox/", "/_sandbox/inspector")
_INSPECTOR_PAGES: Final = "/_sandbox/inspector/"


class Application:
    """Answers requests from any thread, whether they came in process or over HTTP."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._faults = FaultInjector(service.api, service.faults)
        self._log = RequestLog()
        self._inspector: Inspector | None = None

    def area_of(self, request: HttpRequest) -> Area:
        """The part of the sandbox that answers a request."""
        if request.path == OPENAPI:
            return Area.OPENAPI
        if request.path in _INSPECTOR or request.path.startswith(_INSPECTOR_PAGES):
            return Area.INSPECTOR
        return Area.CONTROL if self._service.api.is_control(request) else Area.API

    def handle(
        self, request: HttpRequest, listening: Listening | None = None, peer: str | None = None
    ) -> Transmission | DelayedTransmission:
        """What is sent back; a generator where a planned fault may make the caller wait.

        ``listening`` and ``peer`` say how it came over HTTP. Raises SandboxClosedError after the
        sandbox was closed.
        """
        area = self.area_of(request)
        try:
            access_control.check(request, area, listening, peer)
        except Refusal as refusal:
            if area is Area.INSPECTOR:
                return Transmission("complete", self._inspector_response(request, refusal))
            return Transmission("complete", self.refuse(request, refusal))
        if area is Area.INSPECTOR:
            return Transmission("complete", self._inspector_response(request))
        if area is Area.OPENAPI and request.method in ("GET", "HEAD"):
            return Transmission("complete", self._openapi_document(request))
        return self._call_api(request)

    def stop(self) -> None:
        """End requests that take long, such as deliveries to webhooks; the server is stopping."""
        self._service.webhooks.stop_delivering()

    def _call_api(self, request: HttpRequest) -> Transmission | DelayedTransmission:
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
        if request.method == "DELETE" and self._service.api.operation_of(request) == _ERASURE:
            self._log.forget(unquote(request.path.rpartition("/")[2]))
        self._log.add(request, transmission, self._service.clock.time(), took, fault)

    def _inspector_response(
        self, request: HttpRequest, refusal: Refusal | None = None
    ) -> HttpResponse:
        self._service.ledger.check_open()
        if self._inspector is None:
            self._inspector = self._make_inspector()
        return (
            self._inspector.handle(request) if refusal is None else self._inspector.refuse(refusal)
        )

    def _openapi_document(self, request: HttpRequest) -> HttpResponse:
        from .openapi.document import document  # noqa: PLC0415 - it is made when it is asked for

        self._service.ledger.check_open()
        body = b"" if request.method == "HEAD" else document()
        return HttpResponse(200, {"content-type": "application/json"}, body)

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

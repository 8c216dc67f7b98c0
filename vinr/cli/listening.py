"""Receives webhooks on this machine, and passes each one on to another program here."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Final

import click
import httpx

from .. import Event, Webhook, WebhookSignatureError
from ..sandbox.extra import explain_missing_extra
from ..sandbox.webhooks.endpoint import EndpointError, check_url
from ..webhooks.signature import MOST_PAYLOAD

with explain_missing_extra():
    from werkzeug import Request, Response
    from werkzeug.exceptions import MethodNotAllowed
    from werkzeug.serving import WSGIRequestHandler, make_server

HOST: Final = "127.0.0.1"
_FORWARD_SECONDS: Final = 30.0
_PASSED_ON: Final = ("vinr-", "x-vinr-")
"""Headers whose names begin so, in lower case: the signature, in either form, among them."""
_ALSO_PASSED_ON: Final = frozenset({"content-type", "user-agent"})


@dataclass(frozen=True, slots=True)
class _Received:
    event: Event
    written: threading.Event = field(default_factory=threading.Event)


def check_forward_to(url: str, port: int) -> None:
    """Ends the command where the URL is none, leads elsewhere, or back to the command."""
    try:
        check_url(url, anywhere=False)
    except EndpointError as error:
        raise click.UsageError(f"--forward-to: {error}") from None
    if httpx.URL(url).port == port:
        raise click.UsageError(f"--forward-to leads back to --port {port}: name another port")


class Listener:
    """Answers deliveries, each in a thread of its own, once its event has been written.

    So an event that VINR takes for delivered is never lost in between.
    """

    def __init__(self, secret: str, forward_to: str | None, say: Callable[[str], object]) -> None:
        Webhook.sign(b"", secret)  # a secret that cannot work is refused before anything comes
        self._secret = secret
        self._forward_to = forward_to
        self._say = say
        self._received: SimpleQueue[_Received] = SimpleQueue()
        # without the environment's proxy, which does not lead to this machine
        self._http = httpx.Client(trust_env=False, timeout=_FORWARD_SECONDS)
        self.interrupted: bool = False
        """Whether Ctrl-C ended the events."""

    @contextmanager
    def listening(self, port: int) -> Generator[int]:
        """Answers as long as the block runs, which gets the port; 0 picks a free one."""
        server = make_server(
            HOST,
            port,
            Request.application(self._answer),
            threaded=True,
            request_handler=_SilentHandler,
        )
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server.port
        finally:
            server.shutdown()
            thread.join()
            self._http.close()

    def events(self) -> Iterator[Event]:
        """Events as they come, until Ctrl-C. Each has been written when the next is asked for."""
        while True:
            try:
                received = self._received.get()
            except KeyboardInterrupt:
                self.interrupted = True
                return
            yield received.event
            received.written.set()

    def _answer(self, request: Request) -> Response:
        if request.method != "POST":
            raise MethodNotAllowed(["POST"])
        request.max_content_length = MOST_PAYLOAD
        body = request.get_data()
        try:
            event = Webhook.construct_event(body, request.headers, self._secret)
        except WebhookSignatureError as error:
            self._say(f"refused with 400: {error.message}")
            return Response(f"{error.message}\n", 400)
        received = _Received(event)
        self._received.put(received)
        received.written.wait()
        return Response(status=204) if self._forward_to is None else self._forward(request, event)

    def _forward(self, request: Request, event: Event) -> Response:
        headers = [
            (name.encode("latin-1"), value.encode("latin-1"))
            for name, value in request.headers.items()
            if name.lower().startswith(_PASSED_ON) or name.lower() in _ALSO_PASSED_ON
        ]
        try:
            answer = self._http.post(
                self._forward_to or "", content=request.get_data(), headers=headers
            )
        except httpx.HTTPError as error:
            status = 504 if isinstance(error, httpx.TimeoutException) else 502
            problem = f"{self._forward_to} did not answer: {str(error) or type(error).__name__}"
            self._say(f"{event.id} {status}: {problem}")
            return Response(f"{problem}\n", status)
        self._say(f"{event.id} {answer.status_code} from {self._forward_to}")
        return Response(
            answer.content, answer.status_code, content_type=answer.headers.get("content-type")
        )


class _SilentHandler(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing: events are written to standard output."""

"""An HTTP server in a thread of its own."""

import asyncio
import errno
import math
import threading
from collections.abc import Generator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from typing import Final

from aiohttp import web
from anyio import CapacityLimiter, to_thread

from ..access_control import Area, Listening
from ..api.decoding import LARGEST_BODY
from ..application import Application
from ..fault_injection import DelayedTransmission
from ..http_message import HttpRequest, HttpResponse
from ..refusal import Refusal, SandboxClosedError
from ..transmission import Transmission
from .broken_responses import break_connection
from .connections import ConnectionFactory, unknown_coding
from .received_request import received_request

_LAST_PORT: Final = 65535
_LOOPBACK_OF: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - only compared with

BODY_SECONDS = 30.0
"""How long a request's body may take to arrive."""

_SHUTDOWN_SECONDS: Final = 3.0
"""How long requests that are being answered may take when the server is stopped."""


@contextmanager
def serve(application: Application, host: str, port: int, listening: Listening) -> Generator[str]:
    """Answer HTTP at an address as long as the block runs; yields the base URL.

    Port 0 picks a free one. Raises OSError for an address that is not free, ValueError for one
    that cannot be an address.
    """
    if not 0 <= port <= _LAST_PORT:
        raise ValueError(f"a port lies between 0 and {_LAST_PORT}, not at {port}")
    if not host:
        raise ValueError("the host is an address to listen on, such as 127.0.0.1, not ''")
    server = _Server(application, host, port, listening)
    thread = threading.Thread(target=server.run, name="vinr-sandbox", daemon=True)
    thread.start()
    bound_port = server.port.result()
    try:
        yield f"http://{_host_in_url(host)}:{bound_port}/v1"
    finally:
        server.stop()
        application.stop()
        thread.join()


def _host_in_url(host: str) -> str:
    # "every address" is one to listen on, not one to connect to
    name = _LOOPBACK_OF.get(host, host)
    return f"[{name}]" if ":" in name else name


class _Server:
    def __init__(
        self, application: Application, host: str, port: int, listening: Listening
    ) -> None:
        self._application = application
        self._address = (host, port)
        self._listening = listening
        self._loop = asyncio.new_event_loop()
        self._stopping = asyncio.Event()
        self._no_limit = CapacityLimiter(math.inf)
        self.port: Future[int] = Future()

    def run(self) -> None:
        """Serve until stop() is called, in this thread."""
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            try:
                runner.run(self._serve())
            except BaseException as error:  # noqa: BLE001 - whoever waits for the port gets it
                self.port.set_exception(error)

    def stop(self) -> None:
        """End run(), from another thread."""
        self._loop.call_soon_threadsafe(self._stopping.set)

    async def _serve(self) -> None:
        self._loop.set_exception_handler(_report)
        runner = web.ServerRunner(
            ConnectionFactory(self._answer, self._application.refuse),
            shutdown_timeout=_SHUTDOWN_SECONDS,
        )
        await runner.setup()
        try:
            await web.TCPSite(runner, *self._address).start()
            self.port.set_result(runner.addresses[0][1])
            await self._stopping.wait()
        finally:
            await runner.cleanup()

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        received = received_request(request)
        try:
            _check_transfer_coding(received)
            async with asyncio.timeout(BODY_SECONDS):
                body = await _body(request)
            received = received._replace(body=body)
            transmission = await self._handle(received, request.remote)
            if not isinstance(transmission, Transmission):
                transmission = await _wait_for(transmission)
        except (web.RequestPayloadError, TimeoutError):
            refusal = Refusal("body_invalid", "The body did not arrive completely.")
            transmission = Transmission("complete", self._application.refuse(received, refusal))
        except Refusal as refusal:
            transmission = Transmission("complete", self._application.refuse(received, refusal))
        except (SandboxClosedError, ConnectionError):
            # the caller is gone, or the sandbox is: there is nothing to answer
            transmission = Transmission("closed")
        if transmission.ending == "complete" and transmission.response is not None:
            return _web_response(transmission.response)
        if request.transport is not None:
            break_connection(request.transport, transmission)
        return web.Response(status=503)  # aiohttp wants one; the connection is closed already

    async def _handle(
        self, received: HttpRequest, peer: str | None
    ) -> Transmission | DelayedTransmission:
        handle = partial(self._application.handle, received, self._listening, peer)
        if self._application.area_of(received) is Area.API:
            return handle()
        # Other areas may take long, such as delivering webhooks or checking the ledger. Each
        # request has a thread of its own: a few that wait must not hold up the others.
        return await to_thread.run_sync(handle, abandon_on_cancel=True, limiter=self._no_limit)


def _report(loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
    """All but connections that find no descriptor: asyncio tells of each, and tries again."""
    error = context.get("exception")
    if not isinstance(error, OSError) or error.errno not in {errno.EMFILE, errno.ENFILE}:
        loop.default_exception_handler(context)


def _check_transfer_coding(received: HttpRequest) -> None:
    coding = received.headers.get("transfer-encoding", "chunked")
    if coding.strip().lower() != "chunked":
        raise unknown_coding()


async def _wait_for(delayed: DelayedTransmission) -> Transmission:
    try:
        while True:
            seconds = next(delayed)
            await asyncio.sleep(seconds)
    except StopIteration as done:
        transmission: Transmission = done.value
        return transmission
    finally:
        delayed.close()


def _web_response(response: HttpResponse) -> web.StreamResponse:
    return web.Response(status=response.status, headers=response.headers, body=response.body)


async def _body(request: web.BaseRequest) -> bytes:
    # One byte more than is allowed is enough to refuse the rest.
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > LARGEST_BODY:
            break
    return bytes(body)

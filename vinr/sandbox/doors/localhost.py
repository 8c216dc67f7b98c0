"""The door over HTTP: a server in a thread of its own, for curl and other languages."""

import asyncio
import threading
from collections.abc import Generator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Final

from aiohttp import web

from ..._hosts import is_loopback
from ..api.content import LARGEST_BODY
from ..api.messages import CONTROL, Request, Response, headers_of
from ..faults.delivery import Delivery
from ..faults.encounter import Encounter
from ..inspector import guard
from ..refusal import Refusal, SandboxClosedError
from ..surface import Surface, is_page
from .connections import Connections
from .endings import end

_LAST_PORT: Final = 65535
_OF_THIS_MACHINE: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - as somebody asked

BODY_SECONDS = 30.0
"""For a request's body to come whole."""

_GRACE_SECONDS: Final = 3.0
"""For answers that are under way when the server is stopped."""


@contextmanager
def serve(surface: Surface, host: str, port: int) -> Generator[str]:
    """Answer HTTP at an address as long as the block runs; yields the base URL.

    Port 0 picks a free one. Raises OSError where the address cannot be had, ValueError where it
    cannot be one.
    """
    if not 0 <= port <= _LAST_PORT:
        raise ValueError(f"a port lies between 0 and {_LAST_PORT}, not at {port}")
    if not host:
        raise ValueError("the host is an address to listen on, such as 127.0.0.1, not ''")
    server = _Server(surface, host, port)
    thread = threading.Thread(target=server.run, name="vinr-sandbox", daemon=True)
    thread.start()
    bound_port = server.port.result()
    try:
        yield f"http://{_reached_at(host)}:{bound_port}/v1"
    finally:
        server.stop()
        thread.join()


def _reached_at(host: str) -> str:
    # every address is one to listen on, none to ask
    name = _OF_THIS_MACHINE.get(host, host)
    return f"[{name}]" if ":" in name else name


class _Server:
    def __init__(self, surface: Surface, host: str, port: int) -> None:
        self._surface = surface
        self._address = (host, port)
        self._loop = asyncio.new_event_loop()
        self._stopping = asyncio.Event()
        self.port: Future[int] = Future()

    def run(self) -> None:
        """Serve until stop() is called: the whole life of the thread."""
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            try:
                runner.run(self._serve())
            except BaseException as error:
                if self.port.done():
                    raise
                self.port.set_exception(error)

    def stop(self) -> None:
        """End run(), from another thread."""
        self._loop.call_soon_threadsafe(self._stopping.set)

    async def _serve(self) -> None:
        runner = web.ServerRunner(
            Connections(self._answer, self._unreadable), shutdown_timeout=_GRACE_SECONDS
        )
        await runner.setup()
        try:
            await web.TCPSite(runner, *self._address).start()
            self.port.set_result(runner.addresses[0][1])
            await self._stopping.wait()
        finally:
            await runner.cleanup()

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        path, _, query = request.raw_path.partition("?")
        asked = Request(request.method, path, query, headers_of(request.raw_headers))
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await _body(request)
            asked = asked._replace(body=body)
            self._check_control(asked)
            met = await self._met(asked)
            delivery = met if isinstance(met, Delivery) else await _awaited(met)
        except (web.RequestPayloadError, TimeoutError):
            refusal = Refusal("body_invalid", "The body did not come whole.")
            delivery = Delivery("whole", self._surface.refuse(asked, refusal))
        except Refusal as refusal:
            delivery = Delivery("whole", self._surface.refuse(asked, refusal))
        except (SandboxClosedError, ConnectionError):
            # the caller is gone, or the service is: the connection ends without an answer
            delivery = Delivery("closed")
        if delivery.ending == "whole" and delivery.response is not None:
            return _whole(delivery.response)
        if request.transport is not None:
            end(request.transport, delivery)
        return web.Response(status=503)  # nobody reads it any more

    def _unreadable(self, asked: Request) -> Response:
        message = "This is no HTTP that can be read, or its head is too long."
        return self._surface.refuse(asked, Refusal("request_invalid", message))

    def _check_control(self, asked: Request) -> None:
        if not asked.path.startswith(CONTROL) or is_page(asked.path):
            return
        # told to listen elsewhere, the sandbox cannot know by which names it is reached
        reason = guard.refusal_of_control(asked) if is_loopback(self._address[0]) else None
        if reason is not None:
            raise Refusal("permission_denied", reason)

    async def _met(self, asked: Request) -> Delivery | Encounter:
        if asked.path.startswith(CONTROL):
            # what a test asks for may take its time, such as sending webhooks
            return await asyncio.to_thread(self._surface.of, asked)
        return self._surface.of(asked)


async def _awaited(encounter: Encounter) -> Delivery:
    try:
        while True:
            seconds = next(encounter)
            await asyncio.sleep(seconds)
    except StopIteration as done:
        delivery: Delivery = done.value
        return delivery
    finally:
        encounter.close()


def _whole(answer: Response) -> web.StreamResponse:
    return web.Response(status=answer.status, headers=answer.headers, body=answer.body)


async def _body(request: web.BaseRequest) -> bytes:
    # one byte beyond what is allowed is enough to refuse it
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > LARGEST_BODY:
            break
    return bytes(body)

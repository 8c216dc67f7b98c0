"""The server's connections: a request that is no HTTP is refused with an error object too."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import web

from ..http_message import HttpRequest, HttpResponse
from ..refusal import SandboxClosedError

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]
Refuse = Callable[[HttpRequest], HttpResponse]

_log: Final = logging.getLogger("vinr.sandbox.http")
# aiohttp logs parts of a request that is no HTTP, maybe a key: only for who adds a handler here
_log.addHandler(logging.NullHandler())
_log.propagate = False

_UNREADABLE: Final = 400


class ConnectionFactory(web.Server):
    """Makes a protocol object for each new connection."""

    def __init__(self, handler: Handler, refuse: Refuse) -> None:
        """``refuse`` answers a request that cannot be read."""
        super().__init__(handler)
        self.refuse = refuse

    def __call__(self) -> web.RequestHandler:
        """The protocol of one connection."""
        return _Connection(self)


class _Connection(web.RequestHandler):
    __slots__ = ("_refuse",)

    def __init__(self, connections: ConnectionFactory) -> None:
        super().__init__(
            connections,
            loop=asyncio.get_running_loop(),
            access_log=None,  # type: ignore[arg-type]  # which means none, as for web.Server
            auto_decompress=False,
            logger=_log,
        )
        self._refuse = connections.refuse

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """The answer to a request that the handler did not answer."""
        plain = super().handle_error(request, status, exc, message)
        if status != _UNREADABLE:
            return plain
        try:
            refused = self._refuse(HttpRequest(request.method, request.path))
        except SandboxClosedError:
            return plain
        response = web.Response(status=status, headers=refused.headers, body=refused.body)
        response.force_close()
        return response

"""Connections of the HTTP door: what is no HTTP is refused as everything else is."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import web

from ..api.messages import Request, Response
from ..refusal import SandboxClosedError

Answer = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]
Refuse = Callable[[Request], Response]

_log: Final = logging.getLogger("vinr.sandbox.http")
# what is no HTTP is refused; that is worth a line only to those who ask for it
_log.addHandler(logging.NullHandler())

_UNREADABLE: Final = 400


class Connections(web.Server):
    """Makes a connection of each that comes in."""

    def __init__(self, answer: Answer, refuse: Refuse) -> None:
        """``refuse`` answers a request that cannot be read."""
        super().__init__(answer)
        self.refuse = refuse

    def __call__(self) -> web.RequestHandler:
        """One more connection."""
        return _Connection(self)


class _Connection(web.RequestHandler):
    __slots__ = ("_refuse",)

    def __init__(self, connections: Connections) -> None:
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
        """The answer where a request led to none."""
        plain = super().handle_error(request, status, exc, message)
        if status != _UNREADABLE:
            return plain
        try:
            refused = self._refuse(Request(request.method, request.path))
        except SandboxClosedError:
            return plain
        answer = web.Response(status=status, headers=refused.headers, body=refused.body)
        answer.force_close()
        return answer

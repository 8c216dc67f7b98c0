"""The connections of one client, shared by its views. Written by hand in both packages.

Connections belong to the event loop that made them, so here each loop has its own. They are made
at the first call, and httpx is not loaded before.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from ..errors import ConfigurationError
from ..transport.processes import forget_in_child, keep_for_ever
from ..transport.wire import CLOSED, FROM_ANOTHER_PROCESS, Fault

if TYPE_CHECKING:
    import httpx

    from ..config import Options
    from .direct import AsyncDirect
    from .engine import AsyncEngine
    from .exchange import AsyncExchanges
    from .given import AsyncGiven


class AsyncPool:
    """Our own connections, or an httpx client of the caller's."""

    def __init__(self, http_client: httpx.AsyncClient | None, options: Options) -> None:
        self.given: AsyncExchanges | None
        """In place of our own connections."""
        self.given = None if http_client is None else _checked(http_client, options)
        self._options = options
        self._fault: Fault | None = None
        self._loops: WeakKeyDictionary[asyncio.AbstractEventLoop, _Connections]
        self._loops = WeakKeyDictionary()
        self._last: tuple[asyncio.AbstractEventLoop, AsyncDirect | AsyncEngine] | None = None
        forget_in_child(self)

    async def sender(self) -> AsyncExchanges | Fault:
        """What to send with, or why there is nothing."""
        if self._fault is not None:
            return self._fault
        if self.given is not None:
            return CLOSED if self.given.is_closed else self.given
        loop, last = asyncio.get_running_loop(), self._last
        if last is None or last[0] is not loop or last[1].is_closed:
            last = self._last = (loop, await self._of(loop))
        return last[1]

    async def close(self) -> None:
        """Closes the connections of this event loop; a client of the caller's own stays open."""
        self._fault = self._fault or CLOSED
        connections = self._loops.pop(asyncio.get_running_loop(), None)
        if connections is not None:
            await connections.keeper.aclose()

    def after_fork(self) -> None:
        """In a child the connections are the parent's."""
        keep_for_ever((self._loops, self._last))
        self._loops, self._last = WeakKeyDictionary(), None
        if self.given is not None and self._fault is None:
            self._fault = FROM_ANOTHER_PROCESS

    async def _of(self, loop: asyncio.AbstractEventLoop) -> AsyncDirect | AsyncEngine:
        connections = self._loops.get(loop)
        if connections is None or connections.direct.is_closed:
            self._forget_closed_loops()
            connections = self._loops[loop] = _Connections(self._options)
            await anext(connections.keeper)
        return connections.direct

    def _forget_closed_loops(self) -> None:
        """They never go by themselves: what closes connections with a loop holds on to it."""
        for loop in [loop for loop in self._loops if loop.is_closed()]:
            del self._loops[loop]


class _Connections:
    """Those of one event loop, closed together with it, if not before.

    A loop that ends closes the async generators that were begun in it.
    """

    def __init__(self, options: Options) -> None:
        self.direct = _made(options)
        self.keeper = _keep(self.direct)


async def _keep(direct: AsyncDirect | AsyncEngine) -> AsyncGenerator[None]:
    process = os.getpid()
    try:
        yield
    finally:
        if os.getpid() == process:  # a child that ends its copy of the loop closes nothing
            await direct.aclose()


def _made(options: Options) -> AsyncDirect | AsyncEngine:
    """Loads httpx, or the engine."""
    if options.engine == "fast":
        from .engine import AsyncEngine  # noqa: PLC0415

        return AsyncEngine(options.base_url)
    from .direct import AsyncDirect  # noqa: PLC0415

    return AsyncDirect(options.base_url)


def _checked(http_client: httpx.AsyncClient, options: Options) -> AsyncGiven:
    import httpx  # noqa: PLC0415  # the caller has loaded it

    from .given import AsyncGiven  # noqa: PLC0415  # likewise

    if options.engine != "httpx":
        raise ConfigurationError("engine goes without http_client, which brings its own")
    kind: type[object] = type(http_client)
    if not issubclass(kind, httpx.AsyncClient):
        raise ConfigurationError(f"http_client must be an httpx.AsyncClient, not {kind.__name__}")
    if http_client.follow_redirects:
        raise ConfigurationError(
            "http_client follows redirects, which would carry the secret key to other hosts;"
            " make it with follow_redirects=False"
        )
    return AsyncGiven(http_client)

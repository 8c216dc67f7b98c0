"""The waiting for libcurl. Written by hand in both packages."""

from __future__ import annotations

import pycurl

from .connections import MOST


class AsyncPerformer:
    """libcurl's transfers of one event loop."""

    def __init__(self) -> None:
        self._crowd = _Crowd()

    async def perform(self, curl: pycurl.Curl) -> None:
        """Lets other tasks run meanwhile; pycurl.error for what libcurl calls an error."""
        await self._crowd.perform(curl)

    async def distrust(self) -> None:
        """No connection that is there now is used again; libcurl cannot drop a single one."""
        doubtful, self._crowd = self._crowd, _Crowd()
        await doubtful.leave()

    async def aclose(self) -> None:
        """Lets the connections go; those in use when their calls are over."""
        await self._crowd.leave()


class _Crowd:
    """Transfers that share their connections."""

    def __init__(self) -> None:
        self.multi = pycurl.AsyncCurlMulti()
        self.multi.setopt(pycurl.M_MAXCONNECTS, MOST)
        self._running = 0
        self._leaving = False

    async def perform(self, curl: pycurl.Curl) -> None:
        self._running += 1
        try:
            await self.multi.perform(curl)
        finally:
            self._running -= 1
            if self._leaving:
                await self.leave()

    async def leave(self) -> None:
        """The last one out closes the door."""
        self._leaving = True
        if not self._running:
            await self.multi.aclose()

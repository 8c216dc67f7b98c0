"""A connection to one of a host's addresses. Written by hand in both packages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import httpcore


async def connected(
    connect: Callable[[str, float | None], Awaitable[httpcore.AsyncNetworkStream]],
    host: tuple[str, int],
    seconds: float | None,
) -> httpcore.AsyncNetworkStream:
    """The first that answers; anyio looks the addresses up and tries them all in that time."""
    return await connect(host[0], seconds)

"""The private names of httpx and httpcore that this package uses: here and nowhere else.

httpx has no argument for a connection pool, and httpcore none to see what a connection has received
beyond its last response. Where a name is missing, in some later version, the client works without
what the name is for, and says so once, on the logger ``vinr``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from operator import attrgetter
from typing import Final, TypeAlias, cast

import httpcore

TrailingData: TypeAlias = Callable[[object], tuple[bytes, bool]]

_LOG: Final = logging.getLogger("vinr")
_MOST: Final = 1_000
"""Connections at a time, where a client of the caller's has another kind of pool."""
_reported: Final[set[str]] = set()


def set_pool(transport: object, pool: object) -> None:
    """Makes an ``httpx.HTTPTransport`` take its connections from this pool."""
    if hasattr(transport, "_pool"):
        setattr(transport, "_pool", pool)  # noqa: B010  # a type checker knows it as private
    else:
        _report(
            "HTTPTransport._pool",
            "a deadline is looked at between the pieces of a response alone, and many calls at"
            " once are slower",
        )


def is_of_client(module: str) -> bool:
    """Whether the module is one in which httpx calls hooks, auth and the handlers of mocks."""
    return module.partition(".")[2] in {"_client", "_transports.mock", "_auth"}


def max_connections_of(client: object, url: str) -> int:
    """How many connections at a time a client of the caller's allows for a URL."""
    find: Callable[[object], object] | None = getattr(client, "_transport_for_url", None)
    url_of = cast("Callable[[str], object]", type(getattr(client, "base_url", "")))  # its httpx's
    transport = getattr(client, "_transport", None) if find is None else find(url_of(url))
    pool = getattr(transport, "_pool", None)
    count: object = getattr(pool, "_max_connections", None)
    return count if isinstance(count, int) and 0 < count < _MOST else _MOST


def trailing_data_of_connections(*, over_proxy: bool) -> TrailingData:
    """A function that tells what a connection has received beyond its last response.

    These bytes would be read as the next response, which may belong to another call.
    """
    origin = httpcore.Origin(b"http", b"localhost", 80)
    probe = httpcore.HTTP11Connection(origin, httpcore.MockStream([]))
    if not hasattr(probe, "_h11_state"):
        what = "bytes behind a response are noticed by what follows alone"
        _report("HTTP11Connection._h11_state", what)
        return lambda _connection: (b"", False)
    trailing = cast("TrailingData", attrgetter("_h11_state.trailing_data"))
    return partial(_trailing_data_behind_proxy, trailing) if over_proxy else trailing


def _trailing_data_behind_proxy(trailing: TrailingData, connection: object) -> tuple[bytes, bool]:
    """There the connection that speaks HTTP is within one or two others."""
    while not hasattr(connection, "_h11_state"):
        connection = getattr(connection, "_connection", None)
        if connection is None:
            return b"", False
    return trailing(connection)


def _report(name: str, consequence: str) -> None:
    if name not in _reported:
        _reported.add(name)
        _LOG.warning(
            "this version of httpx or httpcore has no %s: %s; look for a newer version of vinr",
            name,
            consequence,
        )

"""A connection to one of a host's addresses. Written by hand in both packages."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread

import httpcore

from ..transport.ending import NO_TIME


def connected(
    connect: Callable[[str, float | None], httpcore.NetworkStream],
    host: tuple[str, int],
    seconds: float | None,
) -> httpcore.NetworkStream:
    """The first that answers.

    The socket module gives each address the whole time, and looking them up all the time in the
    world; here the time is for all of it, and what is left is shared among the addresses left.
    """
    if seconds is None:
        return connect(host[0], None)
    end = time.monotonic() + seconds
    addresses = _addresses(host, seconds)
    for left in range(len(addresses), 1, -1):
        try:
            return connect(addresses[-left], _share(end, left))
        except (httpcore.ConnectError, httpcore.ConnectTimeout):
            continue
    return connect(addresses[-1], _share(end, 1))


def _share(end: float, count: int) -> float:
    return max(NO_TIME, (end - time.monotonic()) / count)


def _addresses(host: tuple[str, int], seconds: float) -> list[str]:
    try:
        return _looked_up(host, socket.AI_NUMERICHOST)
    except OSError:  # a name; nothing but another thread can stop waiting for the resolver
        found: SimpleQueue[list[str] | OSError] = SimpleQueue()
        Thread(target=_look_up, args=(host, found), daemon=True).start()
    try:
        addresses = found.get(timeout=seconds)
    except Empty:
        raise httpcore.ConnectTimeout("the host's name was not resolved in time") from None
    if isinstance(addresses, OSError):
        raise httpcore.ConnectError("the host's name cannot be resolved")
    return addresses


def _look_up(host: tuple[str, int], found: SimpleQueue[list[str] | OSError]) -> None:
    try:
        found.put(_looked_up(host))
    except (OSError, UnicodeError) as error:
        found.put(OSError(type(error).__name__))


def _looked_up(host: tuple[str, int], flags: int = 0) -> list[str]:
    entries = socket.getaddrinfo(*host, type=socket.SOCK_STREAM, flags=flags)
    return list(dict.fromkeys(str(entry[4][0]) for entry in entries))

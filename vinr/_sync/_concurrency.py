"""What differs between tasks and threads, and so is written by hand in ``_async`` and ``_sync``.

Everything else in ``_sync`` is generated. Here calls wait in the thread that makes them.
"""

from __future__ import annotations

import os
import select
import socket
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from contextlib import nullcontext
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Final, Generic, TypeVar

import httpcore

from .._transport.forks import leave_to_parent

if TYPE_CHECKING:
    from .._transport.curl_transfer import CurlTransfer

T = TypeVar("T")

_LONGEST_CURL_WAIT: Final = 0.5
"""Seconds after which libcurl's transfers are looked at, though nothing came."""
_TOO_SHORT: Final = 0.001
"""Seconds; a time-out of none would mean that nothing is tried."""


class Closing:
    """What can be closed has no other name for it here."""


def sleep(seconds: float) -> None:
    """Ctrl-C ends it at once."""
    time.sleep(seconds)


shielded = nullcontext
"""Nothing can be cancelled here."""


def is_readable_within(seconds: float, stream: httpcore.NetworkStream) -> bool:
    """Whether a peer that should be quiet says something, or hangs up, so soon."""
    sock = stream.get_extra_info("socket")
    return bool(select.select([sock], [], [], seconds)[0])


def to_its_end(work: Callable[[], None]) -> None:
    """Nothing comes between."""
    work()


def cancelled_at_waits(work: T) -> T:
    """The same: Ctrl-C is raised wherever it comes."""
    return work


NO_BODY: Final[Iterable[bytes]] = ()
"""The body of a request that has none."""


def check_fast_engine() -> None:
    """Nothing to refuse: libcurl waits in any thread."""


class PerLoop(Generic[T]):
    """One value, such as connections, made at its first use. Tasks have one per event loop."""

    def __init__(self, make: Callable[[], T], close: Callable[[T], None] | None = None) -> None:
        self.value: T | None = None
        """None where none was made yet."""
        self._make = make
        self._close = close
        self._lock = threading.Lock()

    def make(self) -> T:
        """The value, which another thread may have made meanwhile."""
        with self._lock:
            if self.value is None:
                self.value = self._make()
            return self.value

    def close(self) -> None:
        """Closes the value."""
        with self._lock:
            value, self.value = self.value, None
        if value is not None and self._close is not None:
            self._close(value)

    def leave_to_parent(self) -> None:
        """In a forked child: the value is the parent's, and so may be the holder of the lock."""
        leave_to_parent(self.value)
        self.value = None
        self._lock = threading.Lock()


class ConnectionSlots:
    """So many connections at a time."""

    def __init__(self, count: int) -> None:
        # a queue is written in C, and takes a third of a semaphore's time
        self._free: SimpleQueue[None] = SimpleQueue()
        for _ in range(count):
            self._free.put(None)

    def acquire(self, timeout: float | None) -> bool:
        """Waits for one; False where none gets free in so many seconds."""
        try:
            self._free.get(timeout=timeout)
        except Empty:
            return False
        return True

    def release(self) -> None:
        """Gives it back."""
        self._free.put(None)


class Prefetch(Generic[T]):
    """A fetch that runs ahead of its reader, in a thread that no end of the program waits for."""

    def __init__(self, fetch: Callable[[], T]) -> None:
        self._future: Future[T] = Future()
        self._fetch = fetch
        self._process = os.getpid()
        try:
            threading.Thread(target=self._run, name="vinr-prefetch", daemon=True).start()
        except RuntimeError:  # no thread can be had, as at the end of a program
            self._run()

    def result(self) -> T:
        """What was fetched, or the error that it ended in."""
        return self._fetch() if self._is_parents() else self._future.result()

    def abandon(self) -> None:
        """Nobody reads on; the fetch ends by its own time-out."""

    def _is_parents(self) -> bool:
        """After a fork the thread is the parent's, and so may be the holder of the lock."""
        return self._process != os.getpid()

    def _run(self) -> None:
        try:
            self._future.set_result(self._fetch())
        # it is the reader's to see, whatever it is
        except BaseException as error:  # noqa: BLE001
            self._future.set_exception(error)


def connect_any_address(
    connect: Callable[[str, float | None], httpcore.NetworkStream],
    host: tuple[str, int],
    seconds: float,
) -> httpcore.NetworkStream:
    """The first that answers.

    The socket module gives each address the whole time, and looking them up has no limit; here the
    time is for all of it, and what is left is shared among the addresses left.
    """
    end = time.monotonic() + seconds
    addresses = _addresses(host, seconds)
    for left in range(len(addresses), 1, -1):
        try:
            return connect(addresses[-left], _share(end, left))
        except (httpcore.ConnectError, httpcore.ConnectTimeout):
            continue
    return connect(addresses[-1], _share(end, 1))


def _share(end: float, count: int) -> float:
    return max(_TOO_SHORT, (end - time.monotonic()) / count)


def _addresses(host: tuple[str, int], seconds: float) -> list[str]:
    try:
        return _look_up(host, socket.AI_NUMERICHOST)
    except OSError:  # a name; nothing but another thread can stop waiting for the resolver
        found: SimpleQueue[list[str] | OSError | UnicodeError] = SimpleQueue()
        threading.Thread(target=_look_up_into, args=(host, found), daemon=True).start()
    try:
        addresses = found.get(timeout=seconds)
    except Empty:
        raise httpcore.ConnectTimeout("the host's name was not resolved in time") from None
    if isinstance(addresses, Exception):
        raise httpcore.ConnectError(f"the host's name cannot be resolved: {addresses}")
    return addresses


def _look_up_into(
    host: tuple[str, int], found: SimpleQueue[list[str] | OSError | UnicodeError]
) -> None:
    try:
        found.put(_look_up(host))
    except (OSError, UnicodeError) as error:
        found.put(error)


def _look_up(host: tuple[str, int], flags: int = 0) -> list[str]:
    entries = socket.getaddrinfo(*host, type=socket.SOCK_STREAM, flags=flags)
    return list(dict.fromkeys(str(entry[4][0]) for entry in entries))


class CurlRunner:
    """Performs libcurl's transfers one after the other, over a connection of its own."""

    def __init__(self, transfer: CurlTransfer) -> None:
        import pycurl  # noqa: PLC0415  # comes with the extra fast

        self.transfer = transfer
        self._multi = pycurl.CurlMulti()
        self._stopped: int = pycurl.E_ABORTED_BY_CALLBACK

    def perform(self) -> int:
        """The code of libcurl's error, 0 for none.

        The wait is here and not in libcurl, so that a signal's handler can raise.
        """
        self._multi.add_handle(self.transfer.curl)
        try:
            while True:
                _, running = self._multi.perform()
                if not running:
                    _, _, failed = self._multi.info_read()
                    return int(failed[0][1]) if failed else 0
                if self.transfer.guard.stops():
                    return self._stopped
                self._wait(self._multi.timeout())
        finally:
            self._multi.remove_handle(self.transfer.curl)

    def close(self) -> None:
        """Closes the connection."""
        self._multi.close()
        self.transfer.curl.close()

    def _wait(self, milliseconds: int) -> None:
        """For something to come, or for the time at which libcurl wants to go on."""
        if milliseconds == 0:
            return
        seconds = _LONGEST_CURL_WAIT
        if milliseconds > 0:
            seconds = min(seconds, milliseconds / 1000)
        if self._multi.select(seconds) <= 0:
            time.sleep(_TOO_SHORT)  # there may be no socket yet, and then it did not wait

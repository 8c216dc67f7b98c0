"""What differs between tasks and threads, and so is written by hand in ``_async`` and ``_sync``.

Everything else in ``_sync`` is generated. Here tasks run on asyncio or on trio, by anyio.
"""

from __future__ import annotations

import asyncio
import contextvars
import os
import sys
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Coroutine, Generator
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, Generic, Protocol, TypeVar
from weakref import WeakKeyDictionary

import anyio
import httpcore

from .._transport.forks import leave_to_parent
from ..errors import ConfigurationError

if TYPE_CHECKING:
    from .._transport.curl_transfer import CurlTransfer

T = TypeVar("T")


class _Closable(Protocol):
    async def close(self) -> None: ...


class AsyncClosing:
    """What can be closed, by the name that httpx has for it as well."""

    async def aclose(self: _Closable) -> None:
        """The same as ``close``."""
        await self.close()


sleep = anyio.sleep
"""Lets other tasks run for so many seconds; a cancellation ends it at once."""


shielded = partial(anyio.CancelScope, shield=True)
"""What is awaited within is done to its end, also where the call was cancelled."""


class _NoBody:
    """The body of a request that has none."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        return
        yield b""  # which makes it a generator


NO_BODY: Final = _NoBody()


def _event_loop() -> object:
    """What the running tasks belong to: asyncio's loop, or trio's run."""
    trio = sys.modules.get("trio")
    if trio is not None and trio.lowlevel.in_trio_run():
        return trio.lowlevel.current_trio_token()
    return asyncio.get_running_loop()


async def is_readable_within(seconds: float, stream: httpcore.AsyncNetworkStream) -> bool:
    """Whether a peer that should be quiet says something, or hangs up, so soon."""
    await sleep(seconds)
    return bool(stream.get_extra_info("is_readable"))


async def to_its_end(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Work that is done whatever happens; a cancellation goes on and does not wait for it."""
    loop = _event_loop()
    if not isinstance(loop, asyncio.AbstractEventLoop):
        with shielded():
            await work()
        return
    task = loop.create_task(work())
    _UNDER_WAY.add(task)
    task.add_done_callback(_UNDER_WAY.discard)
    await asyncio.shield(task)


_UNDER_WAY: Final[set[asyncio.Task[None]]] = set()
"""The event loop alone might forget them."""


class cancelled_at_waits(Generic[T]):  # noqa: N801  # awaited like a function
    """Awaits the same, but lets a cancellation in only where something is waited for.

    The pool of httpx keeps its books in several steps and lets other tasks run between them. A
    task of asyncio that is cancelled right there leaves a connection that nobody gives back. One
    that comes between two steps is held until the next wait, and raised at the end at the latest.
    """

    def __init__(self, work: Awaitable[T]) -> None:
        self._work = work

    def __await__(self) -> Generator[Any, Any, T]:
        steps = self._work.__await__()
        held: asyncio.CancelledError | None = None
        thrown: BaseException | None = None
        sent: object = None
        while True:
            try:
                waited: object
                waited = steps.send(sent) if thrown is None else steps.throw(thrown)
            except StopIteration as done:
                if held is not None:
                    raise held from None
                result: T = done.value
                return result
            sent = thrown = None
            if held is not None and _cancel(waited):
                held = None
            try:
                sent = yield waited
            except asyncio.CancelledError as error:
                if _is_between_steps(waited, error):
                    held = error
                else:
                    thrown = error
            except BaseException as error:  # noqa: BLE001  # it belongs to the work
                thrown = error


def _cancel(waited: object) -> bool:
    return isinstance(waited, asyncio.Future) and waited.cancel()


def _is_between_steps(waited: object, error: BaseException) -> bool:
    if error.args and "cancel scope" in str(error.args[0]):
        return False  # anyio's own, as for its time-outs: a scope must see what it began
    if not isinstance(waited, asyncio.Future):
        return waited is None
    return waited.done() and not waited.cancelled()


def check_fast_engine() -> None:
    """Raises ConfigurationError where libcurl cannot wait together with the tasks."""
    if not isinstance(_event_loop(), asyncio.AbstractEventLoop):
        raise ConfigurationError(
            'engine="fast" runs on asyncio alone, and this is trio: leave engine= out'
        )


class AsyncPerLoop(Generic[T]):
    """A value of each event loop, such as connections, which belong to the loop that made them.

    Where it has to be closed, that is done together with its loop, if not before: a loop that ends
    closes the async generators that were begun in it.
    """

    def __init__(
        self, make: Callable[[], T], close: Callable[[T], Awaitable[None]] | None = None
    ) -> None:
        self._make = make
        self._close = close
        self._values: WeakKeyDictionary[object, tuple[T, AsyncGenerator[None] | None]]
        self._values = WeakKeyDictionary()
        self._lock = Lock()  # loops run in several threads

    @property
    def value(self) -> T | None:
        """The value of the running loop; None where none was made yet."""
        found = self._values.get(_event_loop())
        return None if found is None else found[0]

    async def make(self) -> T:
        """The value of the running loop, which has none yet."""
        loop, value = _event_loop(), self._make()
        closing = self._closing_with_loop(loop, value, self._close) if self._close else None
        with self._lock:
            self._forget_closed_loops()
            self._values[loop] = (value, closing)
        if closing is not None:
            await anext(closing)
        return value

    async def close(self) -> None:
        """Closes the value of the running loop."""
        found = self._values.pop(_event_loop(), None)
        if found is not None and found[1] is not None:
            await found[1].aclose()

    def leave_to_parent(self) -> None:
        """In a forked child: all values are the parent's."""
        leave_to_parent(self._values)
        self._values = WeakKeyDictionary()
        self._lock = Lock()

    async def _closing_with_loop(
        self, loop: object, value: T, close: Callable[[T], Awaitable[None]]
    ) -> AsyncGenerator[None]:
        process = os.getpid()
        try:
            yield
        finally:
            if os.getpid() == process:  # a child that ends its copy of the loop closes nothing
                self._values.pop(loop, None)
                await close(value)

    def _forget_closed_loops(self) -> None:
        """They never go by themselves: what closes connections with a loop holds on to it."""
        for loop in list(self._values):
            if isinstance(loop, asyncio.AbstractEventLoop) and loop.is_closed():
                del self._values[loop]


class AsyncConnectionSlots:
    """So many connections at a time; who comes first is let in first."""

    def __init__(self, count: int) -> None:
        self._semaphore = anyio.Semaphore(count, fast_acquire=True)
        self.release = self._semaphore.release

    async def acquire(self, timeout: float | None) -> bool:
        """Waits for one; False where none gets free in so many seconds."""
        try:
            self._semaphore.acquire_nowait()
        except anyio.WouldBlock:
            with anyio.move_on_after(timeout) as waiting:
                await self._semaphore.acquire()
            return not waiting.cancelled_caught
        return True


class AsyncPrefetch(Generic[T]):
    """A fetch that runs ahead of its reader, in a task of its own."""

    def __init__(self, fetch: Callable[[], Coroutine[Any, Any, T]]) -> None:
        self._fetch = fetch
        self._scope = anyio.CancelScope()
        self._done = anyio.Event()
        self._result: T
        self._error: BaseException | None = None
        loop = _event_loop()
        if isinstance(loop, asyncio.AbstractEventLoop):
            self._task = loop.create_task(self._run())  # kept, or it may be collected
        else:
            import trio  # noqa: PLC0415  # the loop is trio's

            context = contextvars.copy_context()
            trio.lowlevel.spawn_system_task(self._run, context=context)

    async def result(self) -> T:
        """What was fetched, or the error that it ended in."""
        await self._done.wait()
        if self._error is not None:
            raise self._error
        return self._result

    async def abandon(self) -> None:
        """Ends the fetch when nobody reads on."""
        self._scope.cancel()
        with shielded():
            await self._done.wait()

    async def _run(self) -> None:
        try:
            with self._scope:
                self._result = await self._fetch()
        # it is the reader's to see, whatever it is
        except BaseException as error:  # noqa: BLE001
            self._error = error
        finally:
            self._done.set()


async def connect_any_address(
    connect: Callable[[str, float | None], Awaitable[httpcore.AsyncNetworkStream]],
    host: tuple[str, int],
    seconds: float,
) -> httpcore.AsyncNetworkStream:
    """The first that answers; anyio looks the addresses up and tries them all in that time."""
    return await connect(host[0], seconds)


class AsyncCurlRunner:
    """Performs libcurl's transfers one after the other, over a connection of its own."""

    def __init__(self, transfer: CurlTransfer) -> None:
        import pycurl  # noqa: PLC0415  # comes with the extra fast

        self.transfer = transfer
        self._multi = pycurl.AsyncCurlMulti()
        self._error = pycurl.error
        transfer.curl.setopt(pycurl.NOPROGRESS, 0)
        transfer.curl.setopt(pycurl.XFERINFOFUNCTION, transfer.guard.stops_callback)

    async def perform(self) -> int:
        """Lets other tasks run meanwhile; the code of libcurl's error, 0 for none."""
        try:
            await self._multi.perform(self.transfer.curl)
        except self._error as error:
            return int(error.args[0])
        return 0

    async def aclose(self) -> None:
        """Closes the connection."""
        await self._multi.aclose()
        self.transfer.curl.close()

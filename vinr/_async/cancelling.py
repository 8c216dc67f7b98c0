"""Cancellation where it does no harm. Written by hand in both packages.

The HTTP library keeps the books of its pool in several steps, and lets other tasks run between
them. A task that is cancelled right there leaves a connection that nobody ever gives back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Generator
from typing import Any, Final, Generic, TypeVar

T = TypeVar("T")

_UNDER_WAY: Final[set[asyncio.Task[None]]] = set()
"""The event loop alone might forget them."""


async def to_its_end(work: Callable[[], Coroutine[None, None, None]]) -> None:
    """Work that is done whatever happens; a cancellation goes on and does not wait for it."""
    task = asyncio.get_running_loop().create_task(work())
    _UNDER_WAY.add(task)
    task.add_done_callback(_UNDER_WAY.discard)
    await asyncio.shield(task)


class at_waits(Generic[T]):  # noqa: N801 - awaited like a function
    """Awaits the same, but lets a cancellation in only where something is waited for.

    One that comes between two steps, or when what was waited for is there already, is held
    until the next wait, and is raised at the end at the latest.
    """

    def __init__(self, work: Awaitable[T]) -> None:
        self._work = work

    def __await__(self) -> Generator[Any, None, T]:
        steps = self._work.__await__()
        held: asyncio.CancelledError | None = None
        thrown: BaseException | None = None
        while True:
            try:
                waited = next(steps) if thrown is None else _throw(steps, thrown)
            except StopIteration as done:
                if held is not None:
                    raise held from None
                result: T = done.value
                return result
            thrown = None
            if held is not None and waited is not None and waited.cancel():
                held = None
            try:
                yield waited
            except asyncio.CancelledError as error:
                if _is_between_steps(waited, error):
                    held = error
                else:
                    thrown = error
            except BaseException as error:  # noqa: BLE001 - it belongs to the work
                thrown = error


def _throw(steps: Generator[Any, None, T], error: BaseException) -> Any:
    return steps.throw(error)


def _is_between_steps(waited: asyncio.Future[object] | None, error: BaseException) -> bool:
    if error.args and "cancel scope" in str(error.args[0]):
        return False  # anyio's own, as for its time-outs: a scope must see what it began
    return waited is None or (waited.done() and not waited.cancelled())

"""What differs between tasks and threads, and so is written by hand in ``_async`` and ``_sync``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

import anyio

T = TypeVar("T")


async def off_the_loop(work: Callable[[], T]) -> T:
    """Waits for the disk in a thread, so that other tasks go on."""
    return await anyio.to_thread.run_sync(work)


class AsyncCrew:
    """Workers side by side, and the word that they are to stop."""

    def __init__(self) -> None:
        self.stopping = False

    def stop(self) -> None:
        """Nobody begins anything more."""
        self.stopping = True

    async def rest(self, seconds: float) -> None:
        """Waits, or until the crew is to stop."""
        waited = 0.0
        while waited < seconds and not self.stopping:
            await anyio.sleep(min(0.1, seconds - waited))
            waited += 0.1

    async def run(self, count: int, worker: Callable[[], Awaitable[None]]) -> None:
        """So many at a time, until all are done; the first error ends the others and is raised."""
        errors: list[BaseException] = []

        async def guarded() -> None:
            try:
                await worker()
            except BaseException as error:
                self.stopping = True
                if isinstance(error, anyio.get_cancelled_exc_class()):
                    raise
                # raised below: the group would wrap it, and who waits for Ctrl-C would miss it
                errors.append(error)
                group.cancel_scope.cancel()

        async with anyio.create_task_group() as group:
            for _ in range(count):
                group.start_soon(guarded)
        if errors:
            raise errors[0]

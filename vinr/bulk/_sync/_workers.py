"""What differs between tasks and threads, and so is written by hand in ``_async`` and ``_sync``."""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Final, TypeVar

T = TypeVar("T")

_LONGEST_GOODBYE: Final = 2.0
"""Seconds that an interrupted run waits for requests under way; their rows are ``sent``."""


def off_the_loop(work: Callable[[], T]) -> T:
    """There is no loop."""
    return work()


class Crew:
    """Workers side by side, and the word that they are to stop."""

    def __init__(self) -> None:
        self._stop = threading.Event()

    @property
    def stopping(self) -> bool:
        """Whether nobody is to begin anything more."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Nobody begins anything more."""
        self._stop.set()

    def rest(self, seconds: float) -> None:
        """Waits, or until the crew is to stop."""
        self._stop.wait(seconds)

    def run(self, count: int, worker: Callable[[], None]) -> None:
        """So many at a time, until all are done; the first error ends the others and is raised."""
        errors: list[BaseException] = []

        def guarded() -> None:
            try:
                worker()
            except BaseException as error:  # noqa: BLE001  # raised below, in the caller's thread
                errors.append(error)
                self._stop.set()

        threads = [
            # daemons, so that a second Ctrl-C ends the program at once
            threading.Thread(
                target=contextvars.copy_context().run,
                args=(guarded,),
                name="vinr-bulk",
                daemon=True,
            )
            for _ in range(count)
        ]
        try:
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        except BaseException:  # Ctrl-C, or what another signal's handler raises
            self._stop.set()
            for thread in threads:
                with suppress(RuntimeError):  # it was not started yet
                    thread.join(_LONGEST_GOODBYE / count)
            raise
        if errors:
            raise errors[0]

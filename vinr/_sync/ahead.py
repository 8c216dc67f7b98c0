"""One fetch that runs ahead of its reader. Written by hand in both packages."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import Generic, TypeVar

T = TypeVar("T")


class Ahead(Generic[T]):
    """Starts the fetch at once, in a thread of its own, which no end of the program waits for."""

    def __init__(self, fetch: Callable[[], T]) -> None:
        self._future: Future[T] = Future()
        self._fetch = fetch
        self._process = os.getpid()
        try:
            Thread(target=self._run, name="vinr-prefetch", daemon=True).start()
        except RuntimeError:  # no thread can be had, as at the end of a program
            self._run()

    def result(self) -> T:
        """What was fetched, or the error that it ended in."""
        return self._fetch() if self._stayed_behind() else self._future.result()

    def abandon(self) -> None:
        """Nobody reads on; a fetch that runs already ends by its own time-out."""
        if not self._stayed_behind():
            self._future.cancel()

    def _stayed_behind(self) -> bool:
        """After a fork the thread is the parent's, and so may be the holder of the lock."""
        return self._process != os.getpid()

    def _run(self) -> None:
        if not self._future.set_running_or_notify_cancel():
            return
        try:
            self._future.set_result(self._fetch())
        # it is the reader's to see, whatever it is
        except BaseException as error:  # noqa: BLE001
            self._future.set_exception(error)

# Generated from vinr/_async/fast_exchange.py; do not edit.
"""One attempt over libcurl: ``engine="fast"``, with the extra ``fast``. No httpx is on this way."""

from __future__ import annotations

import time
from collections import deque
from contextlib import suppress
from typing import Final, cast

import pycurl

from .._protocol.messages import NoResponse, RawResponse, Send
from .._transport.curl_options import LONGEST_IDLE, shared_options
from .._transport.curl_transfer import CurlTransfer
from .._transport.failures import NO_CONNECTION_FREE
from ._concurrency import ConnectionSlots, CurlRunner, check_fast_engine

_MOST_CONNECTIONS: Final = 100
"""At a time; further calls wait for one, as long as ``Timeout.pool`` says."""


class FastExchange:
    """Sends over libcurl."""

    def __init__(self, base_url: str, host: str) -> None:
        """``host`` is for messages."""
        check_fast_engine()
        self.is_closed = False
        self._host = host
        self._options = shared_options(base_url)
        self._slots = ConnectionSlots(_MOST_CONNECTIONS)
        self._idle: deque[tuple[float, CurlRunner]] = deque()

    def exchange(self, send: Send) -> RawResponse | NoResponse:
        """Sends once and reads the whole response."""
        if not self._slots.acquire(send.timeouts["pool"]):
            return NO_CONNECTION_FREE
        try:
            runner = self._last_used()
            if runner is None:
                runner = CurlRunner(CurlTransfer(self._options, self._host))
            try:
                return self._perform(runner, send)
            finally:
                self._put_back(runner)
        finally:
            self._slots.release()

    def close_connection(self, connection: object) -> None:
        """Keeps it from being used again."""
        cast("CurlTransfer", connection).is_reusable = False

    def close(self) -> None:
        """Closes the connections; those in use when their calls are over."""
        self.is_closed = True
        while (runner := self._last_used()) is not None:
            runner.close()

    def _perform(self, runner: CurlRunner, send: Send) -> RawResponse | NoResponse:
        transfer = runner.transfer
        transfer.prepare(send)
        code = runner.perform()
        if code == pycurl.E_OK:
            return transfer.response()
        if code == pycurl.E_ABORTED_BY_CALLBACK:
            return transfer.stopped()
        return transfer.failure(code)

    def _last_used(self) -> CurlRunner | None:
        while True:
            try:
                _, runner = self._idle.pop()
            except IndexError:  # there is none, or another thread took it
                return None
            if runner.transfer.is_reusable:
                return runner
            runner.close()

    def _put_back(self, runner: CurlRunner) -> None:
        """What is left of a call that failed or was cancelled is not used again."""
        if not runner.transfer.is_reusable or self.is_closed:
            runner.close()
            return
        now = time.monotonic()
        self._idle.append((now, runner))
        if len(self._idle) > 1:
            self._close_oldest_if_unused(now)

    def _close_oldest_if_unused(self, now: float) -> None:
        with suppress(IndexError):  # another thread took it
            since, oldest = self._idle.popleft()
            if since + LONGEST_IDLE < now:
                oldest.close()
            else:
                self._idle.appendleft((since, oldest))

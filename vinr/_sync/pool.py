"""The connections of one client, shared by its views. Written by hand in both packages."""

from __future__ import annotations

from threading import Lock
from typing import Final

import httpx

from ..errors import ConfigurationError
from ..transport.faults import CLOSED, FROM_ANOTHER_PROCESS
from ..transport.processes import forget_in_child
from ..transport.tls import tls_context
from ..transport.wire import Fault
from .backend import watch

_OF_THE_PARENT: Final[list[object]] = []
"""Connections that a fork copied are kept and never touched: they are the parent's."""


class Pool:
    """An httpx client: the caller's own, or one made when it is first needed."""

    def __init__(self, http_client: httpx.Client | None, base_url: str) -> None:
        if http_client is not None:
            _check(http_client)
            watch(http_client)
        self.given: Final = http_client
        self._base_url = base_url
        self._fault: Fault | None = None
        self._client = http_client
        self._lock = Lock()
        forget_in_child(self)

    def client(self) -> httpx.Client | Fault:
        """The client to send with, or why there is none."""
        if self._fault is not None:
            return self._fault
        client = self._client or self._make()
        return CLOSED if client.is_closed else client

    def close(self) -> None:
        """Closes the connections; a client of the caller's own stays open."""
        with self._lock:
            self._fault = self._fault or CLOSED
        if self._client is not None and self.given is None:
            self._client.close()

    def after_fork(self) -> None:
        """In a child the connections are the parent's, and so may be the holder of the lock."""
        self._lock = Lock()
        _OF_THE_PARENT.append(self._client)
        self._client = self.given
        if self.given is not None and self._fault is None:
            self._fault = FROM_ANOTHER_PROCESS

    def _make(self) -> httpx.Client:
        with self._lock:
            if self._client is None:
                self._client = watch(
                    httpx.Client(verify=tls_context(self._base_url), follow_redirects=False)
                )
            return self._client


def _check(http_client: object) -> None:
    if not isinstance(http_client, httpx.Client):
        raise ConfigurationError(
            f"http_client must be an httpx.Client, not {type(http_client).__name__}"
        )
    if http_client.follow_redirects:
        raise ConfigurationError(
            "http_client follows redirects, which would carry the secret key to other hosts;"
            " make it with follow_redirects=False"
        )

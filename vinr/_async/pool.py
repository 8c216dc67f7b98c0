"""The connections of one client: made at the first call, shared by its views."""

from __future__ import annotations

from threading import Lock

import httpx

from ..errors import APIConnectionError, ConfigurationError


class AsyncPool:
    """An httpx client: the caller's own, or one made when it is first needed."""

    def __init__(self, http_client: httpx.AsyncClient | None) -> None:
        if http_client is not None:
            _check(http_client)
        self._client = http_client
        self._owned = http_client is None
        self._closed = False
        self._lock = Lock()

    def client(self) -> httpx.AsyncClient:
        """The client to send with; APIConnectionError once it is closed."""
        if self._closed or (self._client is not None and self._client.is_closed):
            raise APIConnectionError("this client is closed; make a new one, nothing was sent")
        return self._client or self._make()

    def _make(self) -> httpx.AsyncClient:
        with self._lock:
            if self._client is None:
                self._client = httpx.AsyncClient(follow_redirects=False)
            return self._client

    async def close(self) -> None:
        """Closes the connections; a client of the caller's own stays open."""
        self._closed = True
        if self._owned and self._client is not None:
            await self._client.aclose()


def _check(http_client: object) -> None:
    if not isinstance(http_client, httpx.AsyncClient):
        raise ConfigurationError(
            f"http_client must be an httpx.AsyncClient, not {type(http_client).__name__}"
        )
    if http_client.follow_redirects:
        raise ConfigurationError(
            "http_client follows redirects, which would carry the secret key to other hosts;"
            " make it with follow_redirects=False"
        )

"""vinr over an httpx client of the caller's own."""

from __future__ import annotations

import httpx

from . import vinr_client


class Calls(vinr_client.Calls):
    """In threads."""

    def __init__(self, origin: str) -> None:
        super().__init__(origin, http_client=httpx.Client())


class AsyncCalls(vinr_client.AsyncCalls):
    """In tasks."""

    def __init__(self, origin: str) -> None:
        super().__init__(origin, http_client=httpx.AsyncClient())

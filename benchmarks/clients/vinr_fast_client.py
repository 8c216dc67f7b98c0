"""vinr over its compiled engine, the extra ``fast``."""

from __future__ import annotations

from . import vinr_client


class Calls(vinr_client.Calls):
    """In threads."""

    def __init__(self, origin: str) -> None:
        super().__init__(origin, engine="fast")


class AsyncCalls(vinr_client.AsyncCalls):
    """In tasks."""

    def __init__(self, origin: str) -> None:
        super().__init__(origin, engine="fast")

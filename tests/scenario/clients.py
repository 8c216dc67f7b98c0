"""Callers of the SDK: its sync and async clients, in process and over HTTP."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from functools import reduce
from typing import Any

from tests.scenario.steps import Json
from vinr import APIConnectionError, APIStatusError, AsyncVinr, Vinr
from vinr._models.model import Model

_FIELDS = ("status", "type", "code", "param", "resource", "request_id", "retry_after")


class SdkCaller:
    """Calls by a client, each answer as plain data."""

    def __init__(self, client: Vinr | AsyncVinr, run: Callable[[Any], Any]) -> None:
        self._client = client
        self._run = run

    def call(self, name: str, given: Json) -> Json:
        """The outcome of ``loyalty.accounts.create`` and the like."""
        client: Any = self._client
        method = reduce(getattr, name.split("."), client)
        named = {key: value for key, value in given.items() if key != "id"}
        try:
            answer = self._run(method(*[given[key] for key in given if key == "id"], **named))
        except APIConnectionError as error:
            return {"lost": error.outcome_unknown}
        except APIStatusError as error:
            told = {field: getattr(error, field) for field in _FIELDS}
            return {"refused": {field: value for field, value in told.items() if value is not None}}
        if not isinstance(answer, Model):
            return {"page": _page(answer)}
        outcome: Json = {"answers": answer.model_dump(mode="json", exclude_unset=True)}
        return outcome | ({"replayed": True} if answer.last_response.replayed else {})


def sync_caller(client: Vinr) -> SdkCaller:
    """Of a client whose calls return their answers."""
    return SdkCaller(client, lambda answer: answer)


def async_caller(client: AsyncVinr, runner: asyncio.Runner) -> SdkCaller:
    """Of a client whose calls are awaited, on one event loop."""

    async def awaited(answer: Any) -> Any:
        return await answer if inspect.isawaitable(answer) else answer

    return SdkCaller(client, lambda answer: runner.run(awaited(answer)))


def _page(page: Any) -> Json:
    return {
        "data": [each.model_dump(mode="json", exclude_unset=True) for each in page.data],
        "has_more": page.has_more,
        "next_cursor": page.next_cursor,
    }

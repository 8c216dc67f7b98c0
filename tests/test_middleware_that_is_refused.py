"""Middleware and headers that could never work are refused when the client is made."""

from __future__ import annotations

from typing import cast

import pytest
from typing_extensions import override

from vinr import AsyncVinr, Attempt, CallInfo, ConfigurationError, Middleware, Vinr


class Tenant(Middleware):
    @override
    def on_attempt(self, attempt: Attempt) -> None:
        attempt.headers["X-Tenant"] = "berlin"


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Api-Key": "sk_test_2"},
        {"idempotency-key": "k"},
        {"Content-Type": "text/plain"},
        {"Host": "elsewhere"},
        {"X-A": "1\r\nX-Api-Key: sk_test_2"},
        {"X-A": "1\n"},
        {"X-A": ""},
        {"X-A": " 1"},
        {"X-A": "ü"},
        {"X-A": 1},
        {"X A": "1"},
        {"X-A:": "1"},
        {"": "1"},
        {1: "1"},
        {"X-A": "1", "x-a": "2"},
        [("X-A", "1")],
        "X-A: 1",
    ],
)
def test_headers_that_are_refused(headers: object) -> None:
    with pytest.raises(ConfigurationError, match=r"header|mapping"):
        Vinr(secret_key="sk_test_1", default_headers=cast("dict[str, str]", headers))


async def wait(_call: CallInfo) -> None:
    pass


class Waiting(Middleware):
    on_call = staticmethod(wait)  # type: ignore[assignment]  # what is refused


@pytest.mark.parametrize(
    "middleware", [[Tenant], [object()], [Waiting()], Tenant(), "audit", None, 3]
)
def test_middleware_that_is_refused(middleware: object) -> None:
    with pytest.raises(ConfigurationError, match=r"middleware|on_call"):
        AsyncVinr(secret_key="sk_test_1", middleware=cast("list[Middleware]", middleware))

# Generated from tests/_async/conftest.py; do not edit.
"""Every door of the sandbox: the same tests run in process, also by httpx, and over HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from vinr import Vinr
from vinr.sandbox import Sandbox


@pytest.fixture
def sandbox(vinr_sandbox: Sandbox) -> Sandbox:
    return vinr_sandbox


@pytest.fixture(params=["vinr_client", "over_httpx", "over_http"])
def client(request: pytest.FixtureRequest) -> Vinr:
    client: Vinr = request.getfixturevalue(request.param)
    return client


@pytest.fixture
def over_httpx(vinr_sandbox: Sandbox) -> Iterator[Vinr]:
    with httpx.Client(transport=vinr_sandbox.transport()) as http_client:
        yield Vinr(secret_key="sk_test_1", http_client=http_client)


@pytest.fixture
def over_http(vinr_sandbox_url: str) -> Iterator[Vinr]:
    with Vinr(secret_key="sk_test_1", base_url=vinr_sandbox_url) as client:
        yield client

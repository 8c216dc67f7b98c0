# Generated from tests/_async/conftest.py by scripts/generate_sync.py. Do not edit.
"""Both doors of the sandbox: the same test bodies run in process and over HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from vinr import Vinr
from vinr.sandbox import Sandbox


@pytest.fixture
def sandbox(vinr_sandbox: Sandbox) -> Sandbox:
    return vinr_sandbox


@pytest.fixture(params=["vinr_client", "over_http"])
def client(request: pytest.FixtureRequest) -> Vinr:
    client: Vinr = request.getfixturevalue(request.param)
    return client


@pytest.fixture
def over_http(vinr_sandbox_url: str) -> Iterator[Vinr]:
    with Vinr(secret_key="sk_test_1", base_url=vinr_sandbox_url) as client:
        yield client

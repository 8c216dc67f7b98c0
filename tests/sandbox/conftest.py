"""A fresh sandbox for each test, reached in process and over HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.certificates import TRUSTED
from tests.sandbox.service import KEY, Service
from vinr.sandbox import Sandbox


@pytest.fixture
def sandbox(vinr_sandbox: Sandbox) -> Sandbox:
    return vinr_sandbox


@pytest.fixture(params=["in process", "over HTTP"])
def service(request: pytest.FixtureRequest, sandbox: Sandbox) -> Iterator[Service]:
    headers = {"x-api-key": KEY}
    if request.param == "in process":
        transport = sandbox.transport()
        with httpx.Client(
            transport=transport, base_url="https://sandbox.api.vinr.com/v1", headers=headers
        ) as http:
            yield Service(sandbox, http)
    else:
        with (
            sandbox.serve() as url,
            httpx.Client(base_url=url, headers=headers, verify=TRUSTED) as http,
        ):
            yield Service(sandbox, http)

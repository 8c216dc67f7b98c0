# Generated from tests/_async/conftest.py by scripts/generate_sync.py. Do not edit.
"""Both doors of the sandbox: the same test bodies run in process and over HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from vinr import Vinr
from vinr.sandbox import Sandbox


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox
        assert sandbox.check() == []


@pytest.fixture(params=["in process", "localhost"])
def client(request: pytest.FixtureRequest, sandbox: Sandbox) -> Iterator[Vinr]:
    if request.param == "in process":
        with sandbox.client() as client:
            yield client
    else:
        with sandbox.serve() as base_url:
            with Vinr(secret_key="sk_test_1", base_url=base_url) as client:
                yield client

"""Both engines, and retries without long waits."""

from typing import cast

import pytest

from vinr._config import EngineName


@pytest.fixture(params=["httpx", "fast"])
def engine(request: pytest.FixtureRequest) -> EngineName:
    return cast("EngineName", request.param)


@pytest.fixture(autouse=True)
def always_short_waits(short_waits: None) -> None:
    pass

"""Both engines, and retries without long waits: the policy is real, its two constants are small."""

from typing import cast

import pytest

from vinr._config import EngineName
from vinr._protocol import retry


@pytest.fixture(params=["httpx", "fast"])
def engine(request: pytest.FixtureRequest) -> EngineName:
    return cast("EngineName", request.param)


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "FIRST_WAIT", 0.01)
    monkeypatch.setattr(retry, "LONGEST_WAIT", 0.02)

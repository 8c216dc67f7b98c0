"""Both engines, retries without long waits, and which client meets which case of the matrix."""

from typing import cast

import pytest

from tests.faults.case import Case
from tests.faults.matrix import BLOCKING, is_met
from vinr._config import EngineName


@pytest.fixture(params=["httpx", "fast"])
def engine(request: pytest.FixtureRequest) -> EngineName:
    return cast("EngineName", request.param)


@pytest.fixture(autouse=True)
def always_short_waits(short_waits: None) -> None:
    pass


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = [item for item in items if not _is_met(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if _is_met(item)]


def _is_met(item: pytest.Item) -> bool:
    if not isinstance(item, pytest.Function) or not hasattr(item, "callspec"):
        return True
    chosen = item.callspec.params
    case = chosen.get("case")
    if not isinstance(case, Case):
        return True
    way = str(chosen.get("anyio_backend", BLOCKING))
    if "family" in chosen:
        return is_met(case, str(chosen["family"]), way, callers=True)
    return is_met(case, str(chosen["engine"]), way, callers=False)

"""Both engines, retries without long waits, and which client meets which case of the matrix."""

from typing import cast

import pytest

from tests.deselection import leave_out
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
    leave_out(config, items, _is_anothers)


def _is_anothers(item: pytest.Item) -> bool:
    """Whether another client of this kind meets the case."""
    if not isinstance(item, pytest.Function) or not hasattr(item, "callspec"):
        return False
    chosen = item.callspec.params
    case = chosen.get("case")
    if not isinstance(case, Case):
        return False
    way = str(chosen.get("anyio_backend", BLOCKING))
    if "family" in chosen:
        return not is_met(case, str(chosen["family"]), way, callers=True)
    return not is_met(case, str(chosen["engine"]), way, callers=False)

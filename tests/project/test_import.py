"""``import vinr`` is cheap: what it loads is written down here, the rest comes when it is used."""

from __future__ import annotations

import subprocess
import sys

LOADED = {"vinr", "vinr._version"}
HEAVY = {"httpx", "pydantic", "tenacity", "anyio", "ssl", "asyncio", "logging"}


def loaded_by(code: str) -> set[str]:
    """The modules that a fresh interpreter has after the code and had not before."""
    whole = f"import sys; before = set(sys.modules); {code}; print(*set(sys.modules) - before)"
    run = subprocess.run([sys.executable, "-c", whole], check=True, capture_output=True, text=True)
    return set(run.stdout.split())


def test_import_loads_only_the_list_of_names() -> None:
    loaded = loaded_by("import vinr")
    assert {name for name in loaded if name.split(".")[0] == "vinr"} == LOADED
    assert not loaded & HEAVY
    others = {name.split(".")[0] for name in loaded} - {"vinr"}
    assert others <= sys.stdlib_module_names


def test_a_name_loads_when_it_is_used() -> None:
    assert "vinr.errors" in loaded_by("import vinr; vinr.VinrError")
    assert not loaded_by("import vinr; vinr.VinrError") & HEAVY


def test_a_resource_loads_when_it_is_used() -> None:
    client = "import vinr; client = vinr.Vinr(secret_key='sk_test_1')"
    beside = {"vinr._sync.customers", "vinr._sync.programs", "vinr._models.program"}
    assert not loaded_by(client) & beside
    assert loaded_by(f"{client}; client.customers") & beside == {"vinr._sync.customers"}
    assert "vinr._models.program" in loaded_by(f"{client}; client.loyalty.programs")

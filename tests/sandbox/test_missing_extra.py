"""Without its extra the sandbox says how to install it; aiohttp is for those who serve."""

import subprocess
import sys

import pytest

WITHOUT = """
import sys
sys.modules[{library!r}] = None
from vinr.sandbox import Sandbox
sandbox = Sandbox()
with sandbox.serve():
    pass
"""


@pytest.mark.parametrize("library", ["werkzeug", "aiohttp"])
def test_advice(library: str) -> None:
    program = WITHOUT.format(library=library)
    run = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )
    assert run.returncode == 1
    assert 'pip install "vinr[sandbox]"' in run.stderr.splitlines()[-1]


def test_the_server_is_not_loaded_in_process() -> None:
    program = """
import sys
from vinr.sandbox import Sandbox
with Sandbox() as sandbox, sandbox.client() as client:
    client.loyalty.accounts.create(program="prog_default")
print("aiohttp" in sys.modules)
"""
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout == "False\n"


def test_another_module_that_is_missing_is_named_as_it_is() -> None:
    program = WITHOUT.format(library="sqlite3")
    run = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )
    assert run.returncode == 1
    assert "sqlite3" in run.stderr.splitlines()[-1]
    assert "pip install" not in run.stderr

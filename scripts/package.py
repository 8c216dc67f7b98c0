"""Builds the sdist and the wheel, installs each into an empty environment and tries it there.

The wheel is built from the sdist, as pip would. Each is tried without any extra, then with those of
the sandbox and the command. What it brings comes from the package index, pinned by constraints.txt.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]

CLIENT_ALONE = """
import vinr
from importlib.metadata import version

assert vinr.__version__ == version("vinr")
nobody = "http://127.0.0.1:9/v1"
with vinr.Vinr(secret_key="sk_test_smoke", base_url=nobody, max_retries=0) as client:
    try:
        client.loyalty.accounts.retrieve("loy_1")
    except vinr.APIConnectionError as error:
        assert not error.outcome_unknown
try:
    import vinr.sandbox
except ModuleNotFoundError as error:
    assert "vinr[sandbox]" in str(error)
else:
    raise AssertionError("the sandbox's libraries came without its extra")
"""
WITH_EXTRAS = """
from vinr.sandbox import Sandbox

with Sandbox() as sandbox:
    client = sandbox.client()
    member = client.loyalty.accounts.create(program="prog_default", customer="cust_1")
    client.loyalty.transactions.create(account=member.id, amount=500)
    assert client.loyalty.accounts.retrieve(member.id).balance == 500
    with sandbox.serve(port=0) as url:
        assert url.startswith("http://127.0.0.1:")
"""


def run(program: Path | str, *arguments: str, expected: int = 0) -> str:
    """What a program printed; all of it is shown where it ends otherwise than expected."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(program), *arguments], capture_output=True, text=True, check=False, env=environment
    )
    output = f"{done.stdout}{done.stderr}"
    if done.returncode != expected:
        sys.exit(f"{program} {' '.join(arguments)} ended with {done.returncode}:\n{output}")
    return output


def check_contents(wheel: Path) -> None:
    """The package and its metadata, and nothing beside them."""
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"vinr"}, tops
    assert "vinr/py.typed" in names
    assert "vinr/AGENTS.md" in names


def try_out(distribution: Path, folder: Path) -> None:
    """Installs it into an environment of its own, and uses it there."""
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    install = ["-m", "uv", "pip", "install", "--quiet", "--python", str(python)]
    install += ["--constraint", str(ROOT / "constraints.txt")]
    run(sys.executable, *install, str(distribution))
    run(python, "-c", CLIENT_ALONE)
    assert 'pip install "vinr[cli]"' in run(folder / "bin" / "vinr", "--version", expected=1)
    run(sys.executable, *install, f"vinr[sandbox,cli] @ {distribution.as_uri()}")
    run(python, "-c", WITH_EXTRAS)
    run(folder / "bin" / "vinr", "--help")
    print(f"{distribution.name}: installed and tried, without any extra and with sandbox and cli")


def main() -> None:
    """Builds both, then tries both."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(sys.executable, "-m", "build", "--no-isolation", "--outdir", name, str(ROOT))
        (wheel,) = folder.glob("*.whl")
        (sdist,) = folder.glob("*.tar.gz")
        check_contents(wheel)
        try_out(wheel, folder / "from-wheel")
        try_out(sdist, folder / "from-sdist")


if __name__ == "__main__":
    main()

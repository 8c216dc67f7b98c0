"""Examples, started as their own first lines say."""

from __future__ import annotations

import json
import os
import shlex
import socket
import subprocess
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import httpx

from tests.together import eventually

ROOT: Final = Path(__file__).parents[2]
BIN: Final = Path(sys.executable).parent
SECRET: Final = "whsec_examples"
NOWHERE: Final = "http://127.0.0.1:9/v1"


def command_of(example: str) -> str:
    """The command in the first lines of an example: the one that is indented."""
    text = (ROOT / "examples" / example).read_text("utf-8")
    lines = text.splitlines()
    if example.endswith(".ipynb"):
        lines = "".join(json.loads(text)["cells"][0]["source"]).splitlines()
    return next(line.strip() for line in lines[:8] if line.startswith("    "))


def environment(folder: Path, base_url: str = NOWHERE) -> dict[str, str]:
    """What an example finds: a key, the service, and files of its own."""
    return os.environ | {
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "VINR_SECRET_KEY": "sk_test_examples",
        "VINR_BASE_URL": base_url,
        "VINR_WEBHOOK_SECRET": SECRET,
        "SHOP_DATABASE": str(folder / "shop.sqlite"),
        "PENDING_POSTINGS": str(folder / "postings.sqlite"),
    }


@contextmanager
def started(
    example: str, *options: str, env: Mapping[str, str]
) -> Generator[subprocess.Popen[str]]:
    """The example's command, as long as the block runs."""
    command = [*shlex.split(command_of(example)), *options]
    command[0] = str(BIN / command[0])
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


@contextmanager
def serving(example: str, *options: str, env: Mapping[str, str]) -> Generator[str]:
    """The example as a server on a port that is free; yields its URL once it answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    options = tuple(option.replace("PORT", port) for option in options)
    url = f"http://127.0.0.1:{port}"

    def answers() -> bool:
        assert process.poll() is None
        try:
            httpx.get(url, trust_env=False)
        except httpx.TransportError:
            return False
        return True

    with started(example, *options, env=env) as process:
        eventually(answers)
        yield url

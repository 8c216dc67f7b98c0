"""The image of the sandbox, without Docker: what it starts, asks, keeps and is made of."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import zipfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from tests.container.dockerfile import ROOT, arguments, words
from vinr import RateLimitError, Vinr

START: Final = words("ENTRYPOINT")
HEALTH: Final = words("HEALTHCHECK")
PORT: Final = "8321"


class Container:
    """The commands of the image as processes: its volume a folder, its port a free one."""

    def __init__(self, volume: Path) -> None:
        self.volume = volume
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = str(free.getsockname()[1])

    @contextmanager
    def running(self, *options: str) -> Generator[subprocess.Popen[str]]:
        """The start line, until it is stopped as Docker stops a container."""
        (volume,) = arguments("VOLUME")
        start = [word.replace(volume, str(self.volume)) for word in self._here(START)]
        with subprocess.Popen(
            [*start, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            try:
                assert process.stdout is not None
                assert process.stdout.readline().startswith("The sandbox answers on ")
                yield process
                process.send_signal(signal.SIGTERM)
                assert process.wait(10) == 0
            finally:
                process.kill()

    def health(self) -> int:
        """The exit code of the health check."""
        return subprocess.run(self._here(HEALTH), capture_output=True, check=False).returncode

    def client(self) -> Vinr:
        return Vinr(
            secret_key="sk_test_container",
            base_url=f"http://127.0.0.1:{self.port}/v1",
            max_retries=0,
        )

    def _here(self, command: list[str]) -> list[str]:
        program, *rest = command
        found = shutil.which(program, path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
        assert found is not None
        assert any(PORT in word for word in rest)
        return [found, *(word.replace(PORT, self.port) for word in rest)]


@pytest.fixture
def container(tmp_path: Path) -> Container:
    return Container(tmp_path)


def test_the_ledger_outlives_a_restart(container: Container) -> None:
    assert container.health() == 1
    with container.running(), container.client() as client:
        assert container.health() == 0
        member = client.loyalty.accounts.create(program="prog_default", customer="cust_1")
        client.loyalty.transactions.create(account=member.id, amount=7)
    assert container.health() == 1
    with container.running(), container.client() as client:
        assert container.health() == 0
        assert client.loyalty.accounts.retrieve(member.id).balance == 7
    assert [path.name for path in container.volume.iterdir()] == ["members.sqlite"]


def test_options_go_behind_the_image(container: Container) -> None:
    with container.running("--rate-limit", "0.01"), container.client() as client:
        client.loyalty.accounts.list()
        with pytest.raises(RateLimitError):
            client.loyalty.accounts.list()


def test_it_runs_without_root() -> None:
    (user,) = arguments("USER")
    assert user.isdecimal()
    assert int(user) > 0
    assert any(f"--owner={user} /data" in command for command in arguments("RUN"))


def test_the_base_is_pinned_and_one() -> None:
    bases = {given.split()[0] for given in arguments("FROM")}
    (base,) = bases
    assert base.partition(":")[2] not in ("", "latest")


def test_what_is_copied_makes_the_wheel(tmp_path: Path) -> None:
    """And is all that .dockerignore lets through."""
    copied = [
        path for given in arguments("COPY") if "--from" not in given for path in given.split()
    ]
    sources = {path for path in copied if path != "./"}
    rules = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert {rule[1:] for rule in rules if rule.startswith("!")} == sources
    for name in sources:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", str(tmp_path)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    assert "vinr/cli/sandbox/serve.py" in zipfile.ZipFile(wheel).namelist()

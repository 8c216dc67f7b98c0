"""The real command, against a sandbox that is served on this machine."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

import httpx
import pytest
import respx
from click.testing import CliRunner, Result

from vinr import Vinr
from vinr.cli.command import vinr
from vinr.loyalty import Account
from vinr.sandbox import Sandbox

Run: TypeAlias = Callable[..., Result]
Meanwhile: TypeAlias = dict[str, Callable[[], object]]


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Of a person who has no profiles, no keys and no terminal with colours."""
    for name in ("VINR_SECRET_KEY", "VINR_BASE_URL", "VINR_PROFILE", "VINR_WEBHOOK_SECRET"):
        monkeypatch.delenv(name, raising=False)
    for name in ("XDG_CONFIG_HOME", "APPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def service(
    vinr_sandbox: Sandbox, vinr_sandbox_url: str, monkeypatch: pytest.MonkeyPatch
) -> Sandbox:
    """The sandbox that the command reaches, by the environment's key and host."""
    monkeypatch.setenv("VINR_SECRET_KEY", "sk_test_operator")
    monkeypatch.setenv("VINR_BASE_URL", vinr_sandbox_url)
    return vinr_sandbox


@pytest.fixture
def run() -> Run:
    """The command in this process: its exit code, standard output and standard error."""

    def run(*arguments: str, input: str | None = None) -> Result:
        return CliRunner().invoke(vinr, list(arguments), input=input, prog_name="vinr")

    return run


@pytest.fixture
def member(service: Sandbox, vinr_client: Vinr) -> Account:
    """The customer ``cust_1`` with 500 points."""
    account = vinr_client.loyalty.accounts.create(
        program="prog_default", customer="cust_1", metadata={"channel": "web"}
    )
    vinr_client.loyalty.transactions.create(account=account.id, amount=500, reason="welcome")
    return vinr_client.loyalty.accounts.retrieve(account.id)


@pytest.fixture
def live_service(
    service: Sandbox, member: Account, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Sandbox]:
    """VINR's live host, for which the sandbox stands in, though it takes no live keys itself."""
    monkeypatch.setenv("VINR_SECRET_KEY", "sk_live_operator")
    monkeypatch.delenv("VINR_BASE_URL")

    def take_for_test_key(request: httpx.Request) -> None:
        assert request.headers["x-api-key"] == "sk_live_operator"
        request.headers["x-api-key"] = "sk_test_1"

    with answering("api.vinr.com", service, take_for_test_key):
        yield service


@pytest.fixture
def meanwhile(service: Sandbox) -> Iterator[Meanwhile]:
    """What happens, once, just before the service gets a request to a path."""
    planned: Meanwhile = {}

    def happen(request: httpx.Request) -> None:
        planned.pop(request.url.path.removeprefix("/v1"), lambda: None)()

    with answering("127.0.0.1", service, happen):
        yield planned


@contextmanager
def answering(
    host: str, sandbox: Sandbox, first: Callable[[httpx.Request], None]
) -> Generator[None]:
    """The sandbox answers what is sent to the host, once ``first`` was called with it."""
    with httpx.Client(transport=sandbox.transport()) as inner, respx.mock() as mock:

        def forward(request: httpx.Request) -> httpx.Response:
            first(request)
            answer = inner.request(
                request.method, request.url, headers=request.headers, content=request.content
            )
            return httpx.Response(
                answer.status_code, headers=answer.headers, content=answer.content
            )

        mock.route(host=host).mock(side_effect=forward)
        yield


def interrupt(number: int = signal.SIGINT) -> None:
    """A signal to the command that runs in this process: Ctrl-C, or another one."""
    main = threading.main_thread().ident
    assert main is not None
    signal.pthread_kill(main, number)

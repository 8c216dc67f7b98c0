"""Which data the command works on: never real points unless ``--live`` was said."""

from __future__ import annotations

import logging
from pathlib import Path

import click
import pytest

from tests.cli.conftest import Run
from tests.cli.mcp_server.assistant import Assistant
from vinr.cli import profiles
from vinr.cli.command import vinr
from vinr.cli.exit_codes import ExitCode
from vinr.cli.invocation import Invocation
from vinr.cli.mcp_server.server import build
from vinr.cli.mcp_server.service import Mode, opened
from vinr.loyalty import Account
from vinr.sandbox import Sandbox, Status

LIVE = "sk_live_of_the_shop"
TEST = "sk_test_of_the_shop"


def write_profile(name: str, key: str) -> None:
    profiles.path().parent.mkdir(parents=True, exist_ok=True)
    profiles.path().write_text(f'[{name}]\nsecret_key = "{key}"\n', "utf-8")
    profiles.path().chmod(0o600)


def test_by_itself_it_works_on_a_sandbox(run: Run) -> None:
    result = run("mcp", input="")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "made-up members in a sandbox of its own" in result.stderr
    assert run("mcp", "--quiet", input="").output == ""


@pytest.mark.parametrize("key", [LIVE, "rk_live_1", "of no kind", ""])
def test_by_itself_it_reads_no_key(run: Run, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv("VINR_SECRET_KEY", key)
    monkeypatch.setenv("VINR_BASE_URL", "http://nobody.invalid/v1")
    monkeypatch.setenv("VINR_PROFILE", "live")
    profiles.path().parent.mkdir(parents=True)
    profiles.path().write_text("no profiles at all", "utf-8")
    result = run("mcp", input="")
    assert result.exit_code == 0
    assert "made-up members" in result.stderr


@pytest.mark.parametrize("key", [LIVE, "rk_live_1", "of_no_kind"])
@pytest.mark.parametrize("by", ["environment", "profile", "default profile"])
def test_a_key_that_may_be_live_is_refused_without_live(
    run: Run, monkeypatch: pytest.MonkeyPatch, key: str, by: str
) -> None:
    profile: list[str] = []
    monkeypatch.setenv("VINR_BASE_URL", "http://127.0.0.1:9/v1")
    if by == "environment":
        monkeypatch.setenv("VINR_SECRET_KEY", key)
    elif by == "profile":
        write_profile("shop", key + '"\nbase_url = "http://127.0.0.1:9/v1')
        profile = ["--profile", "shop"]
    else:
        write_profile("default", key + '"\nbase_url = "http://127.0.0.1:9/v1')
    result = run("mcp", "--test", "--read-only", *profile, input="")
    assert (result.exit_code, result.stdout) == (ExitCode.KEY, "")
    assert "and --test was said" in result.stderr
    assert "say --live" in result.stderr
    assert key not in result.output


def test_a_test_key_is_refused_with_live(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VINR_SECRET_KEY", TEST)
    result = run("mcp", "--live", input="")
    assert result.exit_code == ExitCode.KEY
    assert "has a secret test key, and --live was said" in result.stderr
    assert TEST not in result.output


@pytest.mark.parametrize("mode", ["--test", "--live"])
def test_without_a_key_it_says_so(run: Run, mode: str) -> None:
    result = run("mcp", mode, input="")
    assert result.exit_code == ExitCode.KEY
    assert "there is no key" in result.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--test --live", "choose one"),
        ("--profile shop", "without --test or --live no key is used"),
        ("--test --profile shop", 'there is no profile "shop"'),
    ],
)
def test_options_that_are_wrong(run: Run, options: str, said: str) -> None:
    result = run("mcp", *options.split(), input="")
    assert (result.exit_code, result.stdout) == (ExitCode.USAGE, "")
    assert said in result.stderr


@pytest.mark.parametrize(("mode", "service_of"), [("test", "service"), ("live", "live_service")])
def test_the_right_key_reaches_its_data(
    request: pytest.FixtureRequest, member: Account, mode: Mode, service_of: str
) -> None:
    service: Sandbox = request.getfixturevalue(service_of)
    with click.Context(vinr, obj=Invocation()), opened(mode) as data:
        assistant = Assistant(build(data, read_only=False))
        balance = assistant.answer("show_balance", member="cust_1")
        assert (balance["mode"], balance["member"]["account"]) == (mode, member.id)
        token = assistant.answer(
            "propose_correction", member="cust_1", points=70, reason="goodwill"
        )["token"]
        assistant.answer("post_correction", token=token)
    with service.client() as client:
        [newest, _] = client.loyalty.transactions.list(account=member.id)
        assert (newest.amount, newest.metadata["reference"]) == (70, token)


@pytest.mark.parametrize(("mode", "service_of"), [("test", "service"), ("live", "live_service")])
def test_no_word_of_the_server_has_the_key(
    request: pytest.FixtureRequest,
    caplog: pytest.LogCaptureFixture,
    member: Account,
    mode: Mode,
    service_of: str,
) -> None:
    service: Sandbox = request.getfixturevalue(service_of)
    caplog.set_level(logging.DEBUG, "vinr")
    caplog.set_level(logging.DEBUG, "mcp")
    with click.Context(vinr, obj=Invocation()), opened(mode) as data:
        assistant = Assistant(build(data, read_only=False))
        said = [repr(data), assistant.instructions(), str(assistant.tools())]
        for status in (401, 403, 404, 500):
            service.faults.add("accounts.list", [Status(status)] * 3)
            said.append(assistant.refusal("find_members", member="cust_1"))
            service.faults.clear()
        said.append(str(assistant.answer("find_members", member="cust_1")))
    assert len(caplog.records) > 4
    assert f"sk_{mode}_operator" not in "".join([*said, caplog.text])


def test_no_file_appears(run: Run) -> None:
    assert run("mcp", input="").exit_code == 0
    assert list(Path().iterdir()) == []

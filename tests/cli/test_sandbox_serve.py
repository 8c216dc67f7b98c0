"""``vinr sandbox serve``: ready when it says so, gone when it is told, with nothing lost."""

from __future__ import annotations

import signal
from pathlib import Path

import httpx
import pytest

from tests.serving import run, run_here, serving
from vinr import AuthenticationError, Vinr


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_serve_and_check(tmp_path: Path, end: signal.Signals) -> None:
    db = str(tmp_path / "members.sqlite")
    with (
        serving("--db", db) as (process, url),
        Vinr(secret_key="sk_test_1", base_url=url) as client,
    ):
        member = client.loyalty.accounts.create(program="prog_default", customer="cust_1")
        client.loyalty.transactions.create(account=member.id, amount=7)
        live = Vinr(secret_key="sk_live_1", base_url=url)
        with live, pytest.raises(AuthenticationError, match="no live keys"):
            live.loyalty.accounts.retrieve(member.id)
        process.send_signal(end)
        assert process.wait(10) == 0
    assert run("check", "--db", db).returncode == 0


def test_it_says_where_the_inspector_is_and_the_root_leads_there() -> None:
    with serving() as (process, url):
        assert process.stdout is not None
        inspector = process.stdout.readline().split()[-1]
        assert inspector == url.removesuffix("v1") + "_sandbox/"
        root = httpx.get(url.removesuffix("v1"), follow_redirects=True)
        assert str(root.url) == inspector
        assert "<title>" in root.text


def test_it_goes_on_when_nobody_reads_what_it_says() -> None:
    with serving() as (process, url):
        assert process.stdout is not None
        process.stdout.close()
        assert httpx.get(f"{url.removesuffix('v1')}_sandbox/health").json() == {"status": "ok"}
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0


def test_limits_are_enforced_on_request() -> None:
    with serving("--rate-limit", "0.01") as (_, url):
        key = {"x-api-key": "sk_test_1"}
        statuses = [httpx.get(f"{url}/events", headers=key).status_code for _ in range(2)]
    assert statuses == [200, 429]


def test_it_leaves_the_handlers_of_signals_as_they_were() -> None:
    numbers = (signal.SIGTERM, signal.SIGINT)
    before = [signal.getsignal(number) for number in numbers]
    assert run_here("serve", "--port", "0", "--db", "nowhere/a.sqlite").exit_code == 1
    assert [signal.getsignal(number) for number in numbers] == before


def test_a_port_that_another_sandbox_has() -> None:
    with serving() as (_, url):
        port = url.removesuffix("/v1").rpartition(":")[2]
        result = run("serve", "--port", port)
    assert result.returncode == 1
    assert f"cannot listen on port {port} of 127.0.0.1: another program does" in result.stderr
    assert "--port 0" in result.stderr


def test_an_address_that_cannot_be_had() -> None:
    result = run("serve", "--host", "192.0.2.1", "--port", "0")
    assert result.returncode == 1
    assert "WARNING: the sandbox listens on 192.0.2.1" in result.stderr
    assert "cannot listen" in result.stderr
    assert "Traceback" not in result.stderr

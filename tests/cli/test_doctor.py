"""``vinr doctor``: each line says that it is well, or what is wrong and what to do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from importlib.metadata import PackageNotFoundError, version

import httpx
import pytest
import respx

from tests.cli.conftest import Run
from tests.cli.parsing import read
from vinr.sandbox import Fault, LoseReply, Sandbox, Status

CHECKS = ["versions", "extras", "key", "host", "connection", "clock"]


@pytest.mark.parametrize("format", ["json", "jsonl", "csv"])
def test_all_is_well(run: Run, service: Sandbox, vinr_sandbox_url: str, format: str) -> None:
    result = run("doctor", "--format", format)
    rows = {row["check"]: row for row in read(result, format)}
    assert (result.exit_code, list(rows)) == (0, CHECKS)
    assert {row["status"] for row in rows.values()} == {"ok"}
    assert "a secret test key, from the environment variable" in rows["key"]["detail"]
    assert rows["host"]["detail"] == vinr_sandbox_url
    assert "sk_test_operator" not in result.output


def test_a_table(run: Run, service: Sandbox) -> None:
    said = run("doctor", "--format", "table").stdout.split()
    assert {"check", "status", "detail", "action", *CHECKS} <= set(said)


@pytest.mark.parametrize(
    ("faults", "code", "check", "status"),
    [
        ([Status(401)], 4, "connection", "problem"),
        ([Status(403)], 0, "connection", "note"),
        ([Status(429)], 75, "connection", "problem"),
        ([LoseReply()], 75, "connection", "problem"),
        ([Status(500)], 1, "connection", "problem"),
    ],
)
def test_the_service_fails(
    run: Run, service: Sandbox, faults: list[Fault], code: int, check: str, status: str
) -> None:
    service.faults.add("accounts.list", faults)
    result = run("doctor")
    last = read(result, "jsonl")[-1]
    assert (result.exit_code, last["check"], last["status"]) == (code, check, status)
    assert last["action"]


@pytest.mark.parametrize(
    ("variables", "code", "detail", "action"),
    [
        ({}, 4, "there is no key", "vinr sandbox serve; export VINR_SECRET_KEY="),
        ({"VINR_SECRET_KEY": "pk_test_sentinel"}, 4, "does not say which host", "name a key"),
        (
            {"VINR_SECRET_KEY": "pk_sentinel", "VINR_BASE_URL": "http://127.0.0.1:9/v1"},
            4,
            "publishable key",
            "mend VINR_SECRET_KEY",
        ),
        (
            {"VINR_SECRET_KEY": "sk_test_sentinel", "VINR_BASE_URL": "nowhere:80"},
            4,
            "base_url",
            "mend VINR_SECRET_KEY and VINR_BASE_URL",
        ),
        (
            {"VINR_SECRET_KEY": "sk_test_sentinel", "VINR_BASE_URL": "http://127.0.0.1:9/v1"},
            75,
            "could not connect to 127.0.0.1:9",
            "vinr sandbox serve",
        ),
    ],
)
def test_what_is_wrong_and_what_to_do(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
    code: int,
    detail: str,
    action: str,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    result = run("doctor")
    last = read(result, "jsonl")[-1]
    assert (result.exit_code, last["status"]) == (code, "problem")
    assert detail in last["detail"]
    assert action in last["action"]
    assert "sentinel" not in result.output


@pytest.mark.parametrize(
    ("ahead", "code", "status"),
    [(0, 0, "ok"), (60, 0, "note"), (400, 1, "problem"), (-400, 1, "problem")],
)
def test_the_clock(
    run: Run, monkeypatch: pytest.MonkeyPatch, ahead: int, code: int, status: str
) -> None:
    date = format_datetime(datetime.now(UTC) - timedelta(seconds=ahead), usegmt=True)
    exit_code, rows = doctor_of_live_key(run, monkeypatch, {"date": date})
    assert (exit_code, rows["clock"]["status"]) == (code, status)
    assert ("behind" in rows["clock"]["detail"]) == (ahead < 0)
    assert "a restricted LIVE key" in rows["key"]["detail"]


@pytest.mark.parametrize("headers", [{}, {"date": "yesterday"}])
def test_an_answer_that_does_not_say_when(
    run: Run, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    exit_code, rows = doctor_of_live_key(run, monkeypatch, headers)
    assert (exit_code, rows["clock"]["status"]) == (0, "note")
    assert rows["clock"]["detail"] == "the answer has no Date, so the clock was not compared"


def doctor_of_live_key(
    run: Run, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> tuple[int, dict[str, dict[str, str]]]:
    """The exit code and the checks, where VINR's answer has these headers."""
    monkeypatch.setenv("VINR_SECRET_KEY", "rk_live_1")
    empty: dict[str, object] = {
        "object": "list",
        "data": [],
        "page": {"has_more": False, "next_cursor": None},
    }
    with respx.mock() as mock:
        mock.get(host="api.vinr.com").mock(
            return_value=httpx.Response(200, json=empty, headers=headers)
        )
        result = run("doctor")
    return result.exit_code, {row["check"]: row for row in read(result, "jsonl")}


def test_an_extra_that_is_not_installed(
    run: Run, service: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_pycurl(name: str) -> str:
        if name in ("pycurl", "mkdocs", "mkdocs-material"):  # who uses vinr needs no mkdocs
            raise PackageNotFoundError(name)
        return version(name)

    monkeypatch.setattr("vinr.cli.doctor.version", without_pycurl)
    result = run("doctor")
    extras = {row["check"]: row for row in read(result, "jsonl")}["extras"]
    assert result.exit_code == 0
    assert extras["detail"].endswith("not installed: fast")
    assert 'pip install "vinr[fast]"' in extras["action"]

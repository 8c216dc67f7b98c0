"""``vinr webhooks sign`` and ``verify``."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Final

import pytest

from tests.cli.conftest import Run
from tests.cli.parsing import read
from vinr import Webhook

EVENT: Final[dict[str, object]] = {
    "id": "evt_1",
    "type": "loyalty.points.earned",
    "data": {"object": {}},
    "created": 1,
}
BODY = json.dumps(EVENT)
SECRET = "whsec_sentinel"


@pytest.fixture(autouse=True)
def body(environment: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VINR_WEBHOOK_SECRET", SECRET)
    Path("event.json").write_text(BODY, "utf-8")


@pytest.mark.parametrize(("source", "input"), [("event.json", None), ("-", BODY)])
def test_sign_and_verify(run: Run, source: str, input: str | None) -> None:
    signed = run("webhooks", "sign", source, input=input)
    assert signed.exit_code == 0
    header = signed.stdout.strip()
    assert Webhook.construct_event(BODY, header, SECRET).id == "evt_1"
    verified = run("webhooks", "verify", source, "--signature", header, input=input)
    assert read(verified, "jsonl") == [EVENT]


def test_sign_at_a_time_and_with_a_secret(run: Run) -> None:
    result = run("webhooks", "sign", "event.json", "--timestamp", "5", "--secret", "whsec_2")
    assert result.stdout.strip() == Webhook.sign(BODY, "whsec_2", 5)


@pytest.mark.parametrize("format", ["json", "jsonl", "csv", "table"])
def test_the_event_in_each_format(run: Run, format: str) -> None:
    header = Webhook.sign(BODY, SECRET)
    result = run("webhooks", "verify", "event.json", "--signature", header, "--format", format)
    assert result.exit_code == 0
    assert "evt_1" in result.stdout
    if format != "table":
        assert read(result, format)[0]["type"] == EVENT["type"]


def test_a_separate_timestamp(run: Run) -> None:
    now = str(int(time.time()))
    signature = Webhook.sign(BODY, SECRET, int(now)).partition("v1=")[2]
    options = ["--signature", signature, "--timestamp", now]
    assert run("webhooks", "verify", "event.json", *options).exit_code == 0


@pytest.mark.parametrize(
    ("secret", "signed_at", "options", "code", "message"),
    [
        ("whsec_other", None, [], 1, "no signature of this webhook fits"),
        (SECRET, 5, [], 1, "beyond the tolerance of 300 s"),
        (SECRET, 5, ["--tolerance", "1e12"], 0, ""),
        (SECRET, None, ["--tolerance", "-1"], 2, "--tolerance"),
        (SECRET, None, ["--secret", ""], 2, "secret"),
    ],
)
def test_what_is_not_to_be_trusted(
    run: Run, secret: str, signed_at: int | None, options: list[str], code: int, message: str
) -> None:
    header = Webhook.sign(BODY, secret, signed_at)
    result = run("webhooks", "verify", "event.json", "--signature", header, *options)
    assert result.exit_code == code
    assert message in result.stderr
    assert SECRET not in result.output


def test_a_header_that_is_none(run: Run) -> None:
    result = run("webhooks", "verify", "event.json", "--signature", "nonsense")
    assert result.exit_code == 1
    assert "malformed" in result.stderr


@pytest.mark.parametrize("verb", ["sign", "verify"])
def test_without_a_secret(run: Run, monkeypatch: pytest.MonkeyPatch, verb: str) -> None:
    monkeypatch.delenv("VINR_WEBHOOK_SECRET")
    options = ["--signature", "x"] if verb == "verify" else []
    result = run("webhooks", verb, "event.json", *options)
    assert result.exit_code == 2
    assert "VINR_WEBHOOK_SECRET" in result.stderr


def test_no_such_file(run: Run) -> None:
    result = run("webhooks", "sign", "nothing.json")
    assert result.exit_code == 2
    assert "nothing.json" in result.stderr

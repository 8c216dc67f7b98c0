"""The examples with frameworks: each is started by the command in its first lines, and does it."""

from __future__ import annotations

import json
import re
import shlex
import signal
import socket
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests.examples.starting import (
    BIN,
    NOWHERE,
    ROOT,
    SECRET,
    command_of,
    environment,
    serving,
    started,
)
from tests.redis_server import redis_or_skip
from tests.together import eventually
from vinr.sandbox import LoseReply, Sandbox, Status

PAGE = (ROOT / "docs" / "frameworks.md").read_text("utf-8")


@pytest.mark.parametrize(
    "example",
    [
        "fastapi_shop.py",
        "test_fastapi_shop.py",
        "flask_webhooks.py",
        "django_webhooks.py",
        "settle_with_celery.py",
        "gunicorn_members.py",
        "lambda_handler.py",
        "notebook.ipynb",
    ],
)
def test_the_page_has_the_command_of_the_example(example: str) -> None:
    assert f"\n{command_of(example)}\n" in PAGE
    assert f"`examples/{example}`" in PAGE


@pytest.mark.parametrize(
    ("example", "options"),
    [
        ("fastapi_shop.py", ["--port", "PORT"]),
        ("flask_webhooks.py", ["--port", "PORT"]),
        ("django_webhooks.py", ["127.0.0.1:PORT"]),
    ],
)
def test_deliveries_doubled_and_out_of_order_take_effect_once(
    example: str, options: list[str], tmp_path: Path
) -> None:
    with (
        Sandbox() as sandbox,
        sandbox.serve() as base_url,
        serving(example, *options, env=environment(tmp_path, base_url)) as url,
        sandbox.client() as client,
    ):
        hook = f"{url}/vinr/webhooks"
        sandbox.webhooks.add(hook, secret=SECRET, doubled=True, out_of_order=True)
        members = [
            client.loyalty.accounts.create(program="prog_default", customer=f"cust_{number}")
            for number in range(3)
        ]
        sandbox.simulate.payment_completed(customer="cust_1", amount="80.00", payment="pay_1")
        deliveries = sandbox.webhooks.deliver()
        forged = httpx.post(hook, content="{}", headers={"Vinr-Signature": "t=1,v1=0"})
        wanted = {event.id for event in sandbox.events.list() if event.type.startswith("loyalty.")}

    with closing(sqlite3.connect(tmp_path / "shop.sqlite")) as database:
        mails = [id for (id,) in database.execute("SELECT event FROM mails")]
        balances = dict(database.execute("SELECT id, balance FROM members").fetchall())
    assert [delivery.status for delivery in deliveries] == [204] * 8
    assert forged.status_code == 400
    assert len(mails) == len(wanted) == 4
    assert set(mails) == wanted
    assert balances == {members[0].id: 0, members[1].id: 80, members[2].id: 0}


def run(example: str, folder: Path, *options: str, base_url: str = NOWHERE) -> str:
    """What the example's command writes; it has to succeed."""
    command = [*shlex.split(command_of(example)), *options]
    result = subprocess.run(
        [BIN / command[0], *command[1:]],
        cwd=ROOT,
        env=environment(folder, base_url),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def test_the_test_suite_of_the_shop_passes(tmp_path: Path) -> None:
    assert "4 passed" in run("test_fastapi_shop.py", tmp_path, "-p", "no:cacheprovider")


def test_celery_settles_an_unknown_outcome_by_its_key(tmp_path: Path) -> None:
    with redis_or_skip():
        """The example starts one for itself, as a reader's does."""
    with Sandbox() as sandbox, sandbox.serve() as base_url, sandbox.client() as client:
        sandbox.faults.add("transactions.create", [LoseReply(), Status(503)])

        said = run("settle_with_celery.py", tmp_path, base_url=base_url)

        [member] = client.loyalty.accounts.list(program="prog_default")
        [entry] = client.loyalty.transactions.list(account=member.id)
        assert (member.balance, entry.amount) == (500, 500)
        sandbox.faults.assert_used()
    told = re.findall(r"^(?:[0-9a-f-]{36}|settled): (\w+)$", said, re.MULTILINE)
    assert told == ["unknown", "posted"]  # beside what the worker writes


def test_gunicorn_forks_after_the_client_is_made(tmp_path: Path) -> None:
    with (
        Sandbox() as sandbox,
        sandbox.serve() as base_url,
        serving(
            "gunicorn_members.py",
            *("--bind", "127.0.0.1:PORT", "--log-level", "error", "--no-control-socket"),
            env=environment(tmp_path, base_url),
        ) as url,
    ):
        workers: set[int] = set()

        def both_answered() -> bool:
            customer = f"cust_{len(workers)}"
            answer = httpx.get(f"{url}/members/{customer}", trust_env=False).json()
            assert (answer["customer"], answer["balance"]) == (customer, 0)
            workers.add(answer["worker"])
            return len(workers) == 2

        eventually(both_answered)


def test_lambda_goes_on_after_it_was_frozen(tmp_path: Path) -> None:
    call = json.dumps({"customer": "cust_1", "order": "o-1", "points": 80}) + "\n"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with Sandbox() as sandbox:
        env = environment(tmp_path, f"http://127.0.0.1:{port}/v1")
        with started("lambda_handler.py", env=env) as process:
            assert process.stdin is not None
            assert process.stdout is not None

            def answer(line: str) -> dict[str, object]:
                assert process.stdin is not None
                assert process.stdout is not None
                process.stdin.write(line)
                process.stdin.flush()
                found: dict[str, object] = json.loads(process.stdout.readline())
                return found

            with sandbox.serve(port):
                assert answer(call) == {"statusCode": 200, "body": "posted"}
                process.send_signal(signal.SIGSTOP)
            # its connections ended while it was frozen
            with sandbox.serve(port):
                process.send_signal(signal.SIGCONT)
                assert answer(call) == {"statusCode": 200, "body": "was posted before"}
                refused = answer(call.replace("80", "-500").replace("o-1", "o-2"))
                assert refused == {"statusCode": 422, "body": "insufficient_points"}
        with sandbox.client() as client:
            [member] = client.loyalty.accounts.list(program="prog_default")
        assert member.balance == 80


def test_the_notebook_shows_a_member_and_plots_its_balance(tmp_path: Path) -> None:
    done = tmp_path / "done.ipynb"
    run("notebook.ipynb", tmp_path, "--output", str(done))
    outputs = [
        output["data"]
        for cell in json.loads(done.read_text("utf-8"))["cells"]
        for output in cell.get("outputs", [])
        if "data" in output
    ]
    member, page, plot = outputs
    assert "<td>cust_1</td>" in "".join(member["text/html"])
    assert "".join(page["text/html"]).count("<tr>") == 6
    assert len(plot["image/png"]) > 1000

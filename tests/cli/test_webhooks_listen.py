"""``vinr webhooks listen``, as a process: real deliveries of a sandbox, and what is refused."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import httpx
import pytest
from werkzeug import Request, Response
from werkzeug.serving import make_server

from tests.cli.conftest import Run, interrupt
from tests.sandbox.receiver import SECRET, receiving
from tests.together import eventually
from vinr import Vinr, Webhook
from vinr.sandbox import Sandbox

LISTEN: Final = [sys.executable, "-m", "vinr", "webhooks", "listen"]
BODY: Final = b'{"id":"evt_1","type":"a.b","data":{"object":{"id":"loy_1"}},"created":1750000000}'


@dataclass
class Listening:
    process: subprocess.Popen[str]
    url: str

    def post(self, body: bytes, **headers: str) -> httpx.Response:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return httpx.post(f"{self.url}/hooks", content=body, headers=sent, trust_env=False)

    def end(self) -> tuple[str, str]:
        """Ctrl-C: what it wrote, and what it said."""
        self.process.send_signal(signal.SIGINT)
        written, said = self.process.communicate(timeout=30)
        return written, said


@contextmanager
def listening(*options: str) -> Generator[Listening]:
    command = [*LISTEN, "--port", "0", *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stderr is not None
            ready = re.search(r"http://127\.0\.0\.1:\d+", process.stderr.readline())
            assert ready
            yield Listening(process, ready.group())
        finally:
            process.kill()


@pytest.fixture(autouse=True)
def secret(environment: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VINR_WEBHOOK_SECRET", SECRET)


def signed() -> str:
    return Webhook.sign(BODY, SECRET)


@pytest.mark.parametrize("format", ["jsonl", "json", "csv", "table"])
def test_deliveries_of_a_sandbox(vinr_sandbox: Sandbox, vinr_client: Vinr, format: str) -> None:
    with listening("--format", format) as listener:
        vinr_sandbox.webhooks.add(f"{listener.url}/hooks", secret=SECRET, dialect="both")
        vinr_client.loyalty.accounts.create(program="prog_default", customer="cust_1")
        deliveries = vinr_sandbox.webhooks.deliver()
        written, said = listener.end()

    assert [delivery.status for delivery in deliveries] == [204, 204]
    assert listener.process.returncode == 130
    assert said == "Error: interrupted\n"
    events = [event.wire() for event in vinr_sandbox.events.list()]
    match format:
        case "jsonl":
            found = [json.loads(line) for line in written.splitlines()]
            assert sorted(found, key=json.dumps) == sorted(events, key=json.dumps)
        case "json":
            assert sorted(json.loads(written), key=json.dumps) == sorted(events, key=json.dumps)
        case _:
            lines = written.splitlines()
            assert len(lines) == len(events) + (format == "csv")
            assert all(str(event["id"]) in written for event in events)


def test_each_is_forwarded_as_it_came(vinr_sandbox: Sandbox, vinr_client: Vinr) -> None:
    with receiving() as receiver, listening("--forward-to", receiver.url) as listener:
        receiver.statuses.append(503)
        vinr_sandbox.webhooks.add(listener.url, secret=SECRET)
        vinr_client.loyalty.accounts.create(program="prog_default", customer="cust_1")
        [failed] = vinr_sandbox.webhooks.deliver()
        vinr_sandbox.clock.advance(minutes=1)
        [succeeded] = vinr_sandbox.webhooks.deliver()
        written, said = listener.end()

    [event] = vinr_sandbox.events.list(type="loyalty.account.created")
    # the receiver checks each signature over the bytes that it got
    assert [each.id for each in receiver.events] == [event.id, event.id]
    assert (failed.status, succeeded.status) == (503, 200)
    assert [json.loads(line)["id"] for line in written.splitlines()] == [event.id, event.id]
    assert f"{event.id} 503 from {receiver.url}" in said
    assert SECRET not in said


@pytest.fixture
def program() -> Iterator[tuple[str, list[Request]]]:
    """Another program on this machine: its URL, and what it got."""
    got: list[Request] = []

    def answer(request: Request) -> Response:
        request.get_data()
        got.append(request)
        return Response("tea", 418, content_type="text/x-tea")

    server = make_server("127.0.0.1", 0, Request.application(answer))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://localhost:{server.port}/hooks?shop=1", got
    server.shutdown()
    thread.join()


def test_body_and_signature_go_unchanged_and_so_does_the_answer(
    program: tuple[str, list[Request]],
) -> None:
    url, got = program
    at, _, signature = signed().removeprefix("t=").partition(",v1=")
    both = {"x_vinr_signature": signature, "x_vinr_timestamp": at, "cookie": "a=b"}
    with listening("--forward-to", url) as listener:
        answer = listener.post(BODY, content_type="application/json", **both)

    [request] = got
    assert (request.method, request.full_path) == ("POST", "/hooks?shop=1")
    assert request.get_data() == BODY
    assert request.headers["x-vinr-signature"] == signature
    assert request.headers["x-vinr-timestamp"] == at
    assert request.headers["content-type"] == "application/json"
    assert "cookie" not in request.headers
    assert (answer.status_code, answer.text) == (418, "tea")
    assert answer.headers["content-type"] == "text/x-tea"


def test_what_is_refused() -> None:
    with receiving() as receiver, listening("--forward-to", receiver.url) as listener:
        answers = [
            listener.post(BODY),
            listener.post(BODY, vinr_signature="nonsense"),
            listener.post(BODY, vinr_signature=Webhook.sign(BODY, "whsec_other")),
            listener.post(BODY, vinr_signature=Webhook.sign(BODY, SECRET, 5)),
            listener.post(BODY + b" ", vinr_signature=signed()),
            listener.post(b"{}", vinr_signature=Webhook.sign(b"{}", SECRET)),
        ]
        too_large = listener.post(b"x" * (1024 * 1024 + 1), vinr_signature="t=1,v1=0")
        read = httpx.get(listener.url, trust_env=False)
        written, said = listener.end()

    assert [answer.status_code for answer in answers] == [400] * len(answers)
    assert "no signature of this webhook fits" in answers[2].text
    assert (too_large.status_code, read.status_code) == (413, 405)
    assert (written, receiver.events) == ("", [])
    assert said.count("refused with 400") == len(answers)
    assert SECRET not in said


def test_quiet_says_nothing_but_data_and_errors(run: Run) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    answers: list[int] = []

    def deliver() -> None:
        try:
            eventually(lambda: is_answered(url))
            for signature in ("nonsense", signed()):
                headers = {"vinr-signature": signature}
                answer = httpx.post(url, content=BODY, headers=headers, trust_env=False)
                answers.append(answer.status_code)
        finally:
            interrupt()
            while not ended.wait(5):  # it may have come just before the wait for an event
                interrupt()

    ended = threading.Event()
    thread = threading.Thread(target=deliver)
    thread.start()
    result = run("webhooks", "listen", "--port", str(port), "--quiet")
    ended.set()
    thread.join()
    assert answers == [400, 204]
    assert json.loads(result.stdout)["id"] == "evt_1"
    assert (result.exit_code, result.stderr) == (130, "Error: interrupted\n")


def is_answered(url: str) -> bool:
    try:
        return httpx.get(url, trust_env=False).status_code == 405
    except httpx.TransportError:
        return False


def test_a_program_that_is_not_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))  # not listened on
        url = f"http://127.0.0.1:{free.getsockname()[1]}/hooks"
        with listening("--forward-to", url) as listener:
            answer = listener.post(BODY, vinr_signature=signed())
            written, said = listener.end()
    assert answer.status_code == 502
    assert f"{url} did not answer" in answer.text
    assert f"evt_1 502: {url} did not answer" in said
    assert json.loads(written)["id"] == "evt_1"


def test_a_closed_pipe_ends_it() -> None:
    with listening() as listener:
        assert listener.process.stdout is not None
        listener.process.stdout.close()
        with pytest.raises(httpx.TransportError):  # not written, so not answered as delivered
            listener.post(BODY, vinr_signature=signed())
        eventually(lambda: listener.process.poll() is not None)
        assert listener.process.returncode == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--forward-to", "http://example.test/hooks"], "leads to example.test, not to this"),
        (["--forward-to", "http://localhost@example.test/"], "leads to example.test"),
        (["--forward-to", "http://0.0.0.0:8000/"], "leads to 0.0.0.0"),
        (["--forward-to", "ftp://localhost/hooks"], "must be an http or https URL"),
        (["--forward-to", "localhost:8000"], "must be an http or https URL"),
        (["--forward-to", "http://localhost:9000/hooks", "--port", "9000"], "leads back to"),
        (["--port", "70000"], "--port"),
        (["--secret", " "], "secret"),
    ],
)
def test_what_cannot_be(run: Run, options: list[str], message: str) -> None:
    result = run("webhooks", "listen", *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_a_port_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        result = subprocess.run(
            [*LISTEN, "--port", port], capture_output=True, text=True, check=False
        )
    assert result.returncode == 1
    assert f"Port {port} is in use" in result.stderr

"""The HTTP server: addresses, stopping, latency."""

import gc
import logging
import socket
import sqlite3
import statistics
import time
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest

from tests.sandbox import raw_http
from tests.together import eventually
from vinr import Vinr
from vinr.sandbox import Sandbox


def test_it_listens_on_this_machine_only_and_stops_soon(sandbox: Sandbox) -> None:
    with sandbox.serve() as url, httpx.Client() as http:
        address = httpx.URL(url)
        assert (address.scheme, address.host, address.path) == ("http", "127.0.0.1", "/v1")
        assert http.get(address.copy_with(path="/_sandbox/health")).json() == {"status": "ok"}
        stopping = time.monotonic()
    assert time.monotonic() - stopping < 2.5
    with pytest.raises(httpx.ConnectError):
        httpx.get(address)


def test_a_port_of_ones_own(sandbox: Sandbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match=str(port)), sandbox.serve(port=port):
            pass
    with sandbox.serve(port=port) as url:
        assert url == f"http://127.0.0.1:{port}/v1"


def test_every_address_is_told_as_one_that_a_client_takes(sandbox: Sandbox) -> None:
    every = "0.0.0.0"  # noqa: S104 - it is what is tested
    with sandbox.serve(host=every) as url, Vinr(secret_key="sk_test_1", base_url=url) as client:
        assert httpx.URL(url).host == "127.0.0.1"
        assert client.loyalty.accounts.list().data == []


@pytest.mark.parametrize(
    ("port", "host", "reason"),
    [(65536, "127.0.0.1", "65536"), (-1, "127.0.0.1", "-1"), (0, "", "address")],
)
def test_addresses_that_cannot_be(sandbox: Sandbox, port: int, host: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason), sandbox.serve(port, host):
        pass


class Failing(logging.Handler):
    """A handler of the caller's own that cannot write."""

    asked = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.asked += 1
        raise OSError(record.getMessage())


@contextmanager
def failing(logger: str) -> Generator[Failing]:
    handler = Failing(logging.ERROR)
    logging.getLogger(logger).addHandler(handler)
    yield handler
    logging.getLogger(logger).removeHandler(handler)


def test_a_log_that_cannot_be_written_costs_one_answer(tmp_path: Path) -> None:
    path = tmp_path / "members.sqlite"
    with Sandbox(path) as sandbox, sandbox.serve() as url, failing("vinr.sandbox") as handler:
        with closing(sqlite3.connect(path)) as db:
            db.execute("DROP TABLE rewards")
        headers = {"x-api-key": "sk_test_1"}
        answer = httpx.get(f"{url}/rewards", headers=headers)
        assert (answer.status_code, handler.asked) == (500, 1)
        assert "no HTTP" not in answer.text
        assert httpx.get(f"{url}/loyalty/accounts", headers=headers).status_code == 200


def test_what_fails_in_the_server_itself_is_told_by_asyncio(
    sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    with failing("vinr.sandbox.http") as handler:
        with sandbox.serve() as url, raw_http.connected(url) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\nno header\r\n\r\n")
            eventually(lambda: handler.asked > 1)
        gc.collect()
    assert "Task exception was never retrieved" in caplog.text


def test_a_client_that_is_gone_before_its_body_is_no_failure(sandbox: Sandbox) -> None:
    with sandbox.serve() as url, failing("vinr.sandbox.http") as handler:
        headers = {"x-api-key": "sk_test_1"}
        with raw_http.connected(url) as connection:
            head = "POST /v1/loyalty/accounts HTTP/1.1\r\nhost: localhost\r\nx-api-key: sk_test_1"
            connection.sendall(f"{head}\r\ncontent-length: 100\r\n\r\n{{".encode())
            assert httpx.get(f"{url}/events", headers=headers).is_success
        assert httpx.get(f"{url}/events", headers=headers).json()["data"] == []
    assert handler.asked == 0


def test_all_transports_share_one_state(sandbox: Sandbox) -> None:
    with sandbox.serve() as one, sandbox.serve() as two, sandbox.client() as client:
        client.loyalty.accounts.create(program="prog_default")
        headers = {"x-api-key": "sk_test_1"}
        answers = [httpx.get(f"{url}/loyalty/accounts", headers=headers) for url in (one, two)]
        assert answers[0].json() == answers[1].json()
        assert len(answers[0].json()["data"]) == 1


def test_answers_are_not_held_back(sandbox: Sandbox) -> None:
    """A delayed acknowledgement would cost 40 ms for each request."""
    with sandbox.serve() as url, httpx.Client(headers={"x-api-key": "sk_test_1"}) as http:
        taken: list[float] = []
        for _ in range(50):
            started = time.monotonic()
            assert http.post(f"{url}/loyalty/accounts", json={"program": "prog_default"}).is_success
            taken.append(time.monotonic() - started)
        assert statistics.median(taken) < 0.035  # a busy machine holds some back, not half

"""The fast engine sends the caller's headers, and those of a middleware anew with each attempt."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager
from email.message import Message
from http.server import BaseHTTPRequestHandler, HTTPServer

from typing_extensions import override

from vinr import Attempt, Middleware, Vinr

PAGE = b'{"data": [], "page": {"has_more": false}}'


class CountingCalls(Middleware):
    def __init__(self) -> None:
        self.calls = 0

    @override
    def on_attempt(self, attempt: Attempt) -> None:
        self.calls += 1
        attempt.headers["X-Call"] = str(self.calls)
        if self.calls == 2:
            attempt.headers["x-gateway-key"] = "g-2"


@contextmanager
def answering(received: list[Message]) -> Generator[str]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:  # its base class looks for this name
            received.append(self.headers)
            self.send_response(200)
            self.send_header("Content-Length", str(len(PAGE)))
            self.end_headers()
            self.wfile.write(PAGE)

        @override
        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/v1"
        finally:
            server.shutdown()
            thread.join()


def test_headers_of_the_callers_own() -> None:
    received: list[Message] = []
    with (
        answering(received) as base_url,
        Vinr(
            secret_key="sk_test_1",
            base_url=base_url,
            engine="fast",
            default_headers={"X-Gateway-Key": "g-1"},
            middleware=[CountingCalls()],
        ) as client,
    ):
        for _ in range(3):
            client.loyalty.accounts.list()
    assert [headers.get_all("X-Call") for headers in received] == [["1"], ["2"], ["3"]]
    keys = [headers.get_all("X-Gateway-Key") for headers in received]
    assert keys == [["g-1"], ["g-2"], ["g-1"]]

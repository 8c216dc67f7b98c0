"""A program that receives webhooks, as a user of the sandbox would write it."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from vinr import Event, Webhook

SECRET = "whsec_test"


@dataclass
class Receiver:
    """What came, and what is answered."""

    url: str
    secret: str = SECRET
    statuses: list[int] = field(default_factory=list[int])
    """Answered one after the other, then 200."""
    events: list[Event] = field(default_factory=list[Event])


@contextmanager
def receiving() -> Generator[Receiver]:
    """A receiver on this machine, as long as the block runs."""
    receiver = Receiver("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            event = Webhook.construct_event(body, self.headers["vinr-signature"], receiver.secret)
            receiver.events.append(event)
            self.send_response(receiver.statuses.pop(0) if receiver.statuses else 200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        receiver.url = f"http://127.0.0.1:{server.server_port}/hooks"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield receiver
        finally:
            server.shutdown()
            thread.join()

"""A server on 127.0.0.1 that misbehaves as it is told: raw sockets, one thread a connection."""

from __future__ import annotations

import socket
import ssl
import struct
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Lock, Thread
from typing import Final, Self

from .service import Answer, Request, Service

_PATIENCE: Final = 10
_NONE: Final = Request("", "", {}, b"")
_HANGS_UP: Final = struct.pack("ii", 1, 0)  # SO_LINGER of nothing: close() sends a RST


class Gone(Exception):
    """The client has closed the connection."""


class Wire:
    """One connection, as a fault sees it."""

    def __init__(self, server: Server, sock: socket.socket) -> None:
        self.server = server
        self.service = server.service
        self._sock = sock
        self._buffer = b""

    def request(self) -> Request:
        """The next whole request; Gone where there is none."""
        head = self._until(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        method, path, _ = first.split(" ")
        pairs = (line.split(": ", 1) for line in lines if line)
        headers = {name.lower(): value for name, value in pairs}
        length = int(headers.get("content-length", 0))
        request = Request(method, path, headers, self.receive(length))
        self.server.note(request)
        return request

    def receive(self, count: int) -> bytes:
        """The next bytes, which need be no HTTP."""
        while len(self._buffer) < count:
            self._receive()
        data, self._buffer = self._buffer[:count], self._buffer[count:]
        return data

    def send(self, data: bytes) -> None:
        """Sends bytes as they are."""
        try:
            self._sock.sendall(data)
        except OSError:
            raise Gone from None

    def answer(self, answer: Answer) -> None:
        """A whole, sound answer."""
        self.send(http(answer.status, answer.body, **answer.headers))

    def fin(self) -> None:
        """Closes the connection in good order."""
        with suppress(OSError):
            self._sock.shutdown(socket.SHUT_WR)
        raise Gone

    def rst(self) -> None:
        """Resets the connection."""
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _HANGS_UP)
        raise Gone

    def stall(self) -> None:
        """Says nothing until the client gives up."""
        while True:
            self._receive()

    def dribble(self, data: bytes, pause: float) -> None:
        """A byte at a time."""
        for byte in data:
            self.send(bytes([byte]))
            if self.server.stopping.wait(pause):
                raise Gone

    def close(self) -> None:
        """Ends the connection as it was left."""
        with suppress(OSError):
            self._sock.close()

    def _until(self, end: bytes) -> bytes:
        while end not in self._buffer:
            self._receive()
        head, _, self._buffer = self._buffer.partition(end)
        return head

    def _receive(self) -> None:
        try:
            data = self._sock.recv(65536)
        except OSError:
            raise Gone from None
        if not data:
            raise Gone
        self._buffer += data


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong: with a new connection, or with a request."""

    name: str
    run: Callable[[Wire, Request], None]
    on_accept: bool = False
    """Of a connection, before any request: there is none then."""


class Server:
    """Serves a ledger, and does to each request what is next on the plan; then it behaves."""

    def __init__(
        self,
        plan: Sequence[Fault] = (),
        *,
        always: Fault | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.service = Service()
        self.requests: list[Request] = []
        self.connections = 0
        self.stopping = Event()
        self._plan = deque(plan)
        self._always = always
        self._tls = tls
        self._lock = Lock()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port: int = self._listener.getsockname()[1]
        self._open: list[tuple[Thread, socket.socket]] = []
        self._thread = Thread(target=self._accept, daemon=True)

    @property
    def url(self) -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}/v1"

    @property
    def open_connections(self) -> int:
        return sum(thread.is_alive() for thread, _ in self._open)

    def plan(self, *faults: Fault) -> None:
        """Puts these next on the plan."""
        with self._lock:
            self._plan.extend(faults)

    def behave(self) -> None:
        """Ends everything that goes wrong from now on."""
        with self._lock:
            self._plan.clear()
            self._always = None

    def misbehave(self, fault: Fault) -> None:
        """Does this to every request from now on."""
        with self._lock:
            self._always = fault

    def drop_connections(self) -> None:
        """Closes every connection that is open, and waits until that is done."""
        with self._lock:
            gone, self._open = self._open, []
        _end(gone)

    def note(self, request: Request) -> None:
        with self._lock:
            self.requests.append(request)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(_PATIENCE)
        self.drop_connections()

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.connections += 1
            thread = Thread(target=self._serve, args=(sock,), daemon=True)
            self._open.append((thread, sock))
            thread.start()

    def _serve(self, sock: socket.socket) -> None:
        wire: Wire | None = None
        try:
            fault = self._next(on_accept=True)
            if fault is not None:
                wire = Wire(self, sock)
                fault.run(wire, _NONE)
            if self._tls is not None:
                sock = self._tls.wrap_socket(sock, server_side=True)
            wire = Wire(self, sock)
            while True:
                self._respond(wire, wire.request())
        except (Gone, OSError):
            pass
        finally:
            if wire is not None:
                wire.close()

    def _respond(self, wire: Wire, request: Request) -> None:
        fault = self._next(on_accept=False)
        if fault is None:
            wire.answer(self.service.answer(request))
        else:
            fault.run(wire, request)

    def _next(self, *, on_accept: bool) -> Fault | None:
        with self._lock:
            fault = self._plan[0] if self._plan else self._always
            if fault is None or fault.on_accept != on_accept:
                return None
            return self._plan.popleft() if self._plan else fault


def _end(connections: list[tuple[Thread, socket.socket]]) -> None:
    for thread, sock in connections:
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)
        thread.join(_PATIENCE)
        sock.close()
        assert not thread.is_alive()


def http(status: int, body: bytes, **headers: str) -> bytes:
    """A whole answer on the wire."""
    written = {"Content-Type": "application/json", "X-Vinr-Request-Id": "req_1", **headers}
    written.setdefault("Content-Length", str(len(body)))
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in written.items())
    return f"HTTP/1.1 {status} Reason\r\n{lines}\r\n".encode("latin-1") + body

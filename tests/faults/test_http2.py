"""A caller's own client over HTTP/2, whose answers are framed otherwise."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import h2.config
import h2.connection
import h2.events
import httpx
import pytest
import trustme

from tests.faults.matrix import SECRET
from tests.faults.service import MEMBER, account
from vinr import APIConnectionError, AsyncVinr, Vinr

GARBLED = b"\x00\x00\x01" + b"\x01\x05" + b"\x00\x00\x00\x01" + b"\xff"
"""The headers of an answer, whose compression is broken."""


class Http2Server:
    """Answers a GET with a member, and a POST with an entry of the ledger."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self.effects: Counter[bytes] = Counter()
        self.is_garbling = False
        """Whether its next answer is none."""
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"https://localhost:{self._listener.getsockname()[1]}/v1"

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                accepted, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(accepted,), daemon=True).start()

    def _serve(self, accepted: socket.socket) -> None:
        with suppress(OSError), self._context.wrap_socket(accepted, server_side=True) as wire:
            config = h2.config.H2Configuration(client_side=False, header_encoding=None)
            connection = h2.connection.H2Connection(config)
            connection.initiate_connection()
            wire.sendall(connection.data_to_send())
            while received := wire.recv(65536):
                for event in connection.receive_data(received):
                    self._answer(connection, event)
                answer = connection.data_to_send()
                wire.sendall(GARBLED if self.is_garbling and self.effects else answer)

    def _answer(self, connection: h2.connection.H2Connection, event: h2.events.Event) -> None:
        if not isinstance(event, h2.events.RequestReceived):
            return
        headers = dict(event.headers or ())
        content: object = account(MEMBER, "cust_1")
        if headers[b":method"] == b"POST":
            self.effects[headers[b"idempotency-key"]] += 1
            content = {"id": "ptx_1", "account": MEMBER, "type": "adjust", "amount": 5}
        connection.send_headers(event.stream_id or 0, [(":status", "200")])
        body = json.dumps(content).encode()
        connection.send_data(event.stream_id or 0, body, end_stream=True)


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def server(authority: trustme.CA, tmp_path: Path) -> Iterator[Http2Server]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_alpn_protocols(["h2"])
    authority.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(
        str(tmp_path / "server.pem")
    )
    context.load_cert_chain(tmp_path / "server.pem")
    server = Http2Server(context)
    yield server
    server.close()


@pytest.fixture
def trusting(authority: trustme.CA) -> ssl.SSLContext:
    return ssl.create_default_context(cadata=authority.cert_pem.bytes().decode())


def test_in_threads(server: Http2Server, trusting: ssl.SSLContext) -> None:
    with (
        httpx.Client(http2=True, verify=trusting) as own,
        Vinr(secret_key=SECRET, base_url=server.url, http_client=own, max_retries=0) as client,
    ):
        for _ in range(3):
            assert client.loyalty.accounts.retrieve(MEMBER).id == MEMBER
            client.loyalty.transactions.create(account=MEMBER, amount=5)
        assert own.get(f"{server.url}/loyalty/accounts/{MEMBER}").http_version == "HTTP/2"

    assert set(server.effects.values()) == {1}


async def test_in_tasks(server: Http2Server, trusting: ssl.SSLContext) -> None:
    async with (
        httpx.AsyncClient(http2=True, verify=trusting) as own,
        AsyncVinr(secret_key=SECRET, base_url=server.url, http_client=own, max_retries=0) as client,
    ):
        for _ in range(3):
            assert (await client.loyalty.accounts.retrieve(MEMBER)).id == MEMBER
            await client.loyalty.transactions.create(account=MEMBER, amount=5)

    assert set(server.effects.values()) == {1}


def test_an_answer_that_is_none(server: Http2Server, trusting: ssl.SSLContext) -> None:
    """httpx calls it an error of the request's side, which would mean that nothing was sent."""
    server.is_garbling = True
    with (
        httpx.Client(http2=True, verify=trusting) as own,
        Vinr(secret_key=SECRET, base_url=server.url, http_client=own, max_retries=0) as client,
        pytest.raises(APIConnectionError, match="broke") as caught,
    ):
        client.loyalty.transactions.create(account=MEMBER, amount=5)

    assert caught.value.outcome_unknown
    assert set(server.effects.values()) == {1}

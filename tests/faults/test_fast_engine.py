"""What only libcurl does: certificates read anew, times that it does not name, broken callbacks."""

from __future__ import annotations

import inspect
import ssl
import time
from collections.abc import Iterator
from pathlib import Path

import pycurl
import pytest
import trustme

from tests.faults.faults import accepting, fin
from tests.faults.matrix import SECRET
from tests.faults.server import Fault, Server, Wire
from tests.faults.service import MEMBER, Request
from vinr import APIConnectionError, AsyncVinr, Vinr


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        yield server


def test_certificates_that_are_gone_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """libcurl reads them for each connection; no other attempt would find them."""
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authorities, own = tmp_path / "ca.pem", tmp_path / "server.pem"
    authority.cert_pem.write_to_path(str(authorities))
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(own))
    context.load_cert_chain(own)
    monkeypatch.setenv("SSL_CERT_FILE", str(authorities))
    with (
        Server([accepting("closed", fin)], tls=context) as server,
        Vinr(secret_key=SECRET, base_url=server.url, engine="fast") as client,
    ):
        with pytest.raises(APIConnectionError):
            client.with_options(max_retries=0).loyalty.accounts.retrieve(MEMBER)
        authorities.unlink()

        with pytest.raises(APIConnectionError, match="cannot be sent") as caught:
            client.loyalty.transactions.create(account=MEMBER, amount=5)

    assert (caught.value.attempts, caught.value.outcome_unknown) == (1, False)
    assert server.requests == []


class Timeless(pycurl.CurlMulti):
    """Does not say when it wants to go on, as the documentation of libcurl allows."""

    def timeout(self) -> int:
        return -1


def test_a_wait_without_a_time(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pycurl, "CurlMulti", Timeless)
    with Vinr(secret_key=SECRET, base_url=server.url, engine="fast") as client:
        for _ in range(2):
            assert client.loyalty.accounts.retrieve(MEMBER).id == MEMBER


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_an_alarm_within_a_callback(
    server: Server, monkeypatch: pytest.MonkeyPatch, anyio_backend: str
) -> None:
    """libcurl cannot hand on what the handler of a signal raises there, and ends the transfer."""
    now, rung = time.monotonic, list[str]()

    def ringing() -> float:
        frame = inspect.currentframe()
        assert frame is not None
        assert frame.f_back is not None
        caller = str(frame.f_back.f_globals["__name__"])
        if caller.endswith(".progress_guard") and not rung:
            rung.append(caller)
            raise TimeoutError("the alarm")
        return now()

    def half(wire: Wire, request: Request) -> None:
        wire.service.answer(request)
        wire.send(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")
        wire.stall()

    server.plan(Fault("half an answer", half))
    async with AsyncVinr(secret_key=SECRET, base_url=server.url, engine="fast") as client:
        monkeypatch.setattr(time, "monotonic", ringing)
        with pytest.raises(APIConnectionError, match="interrupted") as caught:
            await client.loyalty.transactions.create(account=MEMBER, amount=5)
        assert rung

        assert (caught.value.attempts, caught.value.outcome_unknown) == (1, True)
        assert (await client.loyalty.accounts.retrieve(MEMBER)).id == MEMBER
    assert len(server.requests) == 2

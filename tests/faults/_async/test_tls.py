"""TLS: a certificate that does not verify is final, and nothing was sent."""

from __future__ import annotations

import hashlib
import ssl
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from cryptography import x509

from tests.faults.faults import accepting, fin, rst
from tests.faults.matrix import SECRET
from tests.faults.server import Fault, Server, http
from tests.faults.service import MEMBER
from vinr import APIConnectionError, AsyncVinr, VinrError
from vinr._config import EngineName


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))


@pytest.fixture
def trusted_by_folder(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As ``openssl rehash`` makes it: the files go by a hash of the authority's name."""
    folder = tmp_path / "authorities"
    folder.mkdir()
    certificate = x509.load_pem_x509_certificate(authority.cert_pem.bytes())
    lower_case = [
        x509.Name([x509.NameAttribute(each.oid, str(each.value).lower())])
        for each in certificate.subject
    ]
    name = b"".join(each.public_bytes()[2:] for each in lower_case)
    number = int.from_bytes(hashlib.sha1(name).digest()[:4], "little")  # noqa: S324 - as OpenSSL does
    authority.cert_pem.write_to_path(str(folder / f"{number:08x}.0"))
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.setenv("SSL_CERT_DIR", str(folder))


def serving(authority: trustme.CA, host: str, folder: Path) -> Server:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    path = folder / "server.pem"
    authority.issue_cert(host).private_key_and_cert_chain_pem.write_to_path(str(path))
    context.load_cert_chain(path)
    return Server(tls=context)


@pytest.fixture
def server(authority: trustme.CA, tmp_path: Path) -> Iterator[Server]:
    with serving(authority, "127.0.0.1", tmp_path) as server:
        yield server


async def refusal(url: str, engine: EngineName) -> VinrError:
    async with AsyncVinr(secret_key=SECRET, base_url=url, timeout=5, engine=engine) as client:
        try:
            await client.loyalty.transactions.create(account=MEMBER, amount=5)
        except VinrError as error:
            return error
    raise AssertionError("it was not refused")


def assert_not_sent(server: Server, error: VinrError, attempts: int) -> None:
    assert type(error) is APIConnectionError
    assert (error.attempts, error.outcome_unknown) == (attempts, False)
    assert error.__cause__ is None
    assert error.__context__ is sys.exception()  # what is being handled around this test
    assert server.requests == []


@pytest.mark.parametrize("trust", ["trusted", "trusted_by_folder"])
async def test_a_certificate_that_verifies(
    server: Server, engine: EngineName, trust: str, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue(trust)
    async with AsyncVinr(
        secret_key=SECRET, base_url=server.url, timeout=5, engine=engine
    ) as client:
        for _ in range(3):
            await client.loyalty.transactions.create(account=MEMBER, amount=5)

    assert len(server.requests) == 3
    assert server.connections == 1


async def test_a_certificate_of_an_unknown_authority(server: Server, engine: EngineName) -> None:
    assert_not_sent(server, await refusal(server.url, engine), 1)


@pytest.mark.usefixtures("trusted")
async def test_a_certificate_of_another_host(
    authority: trustme.CA, tmp_path: Path, engine: EngineName
) -> None:
    with serving(authority, "vinr.example", tmp_path) as server:
        assert_not_sent(server, await refusal(server.url, engine), 1)


async def test_plain_http_on_a_tls_port(engine: EngineName) -> None:
    """The server answers a TLS handshake with an error page."""
    page = accepting("an error page", lambda wire: wire.send(http(400, b"<html>plain</html>")))
    with Server(always=page) as server:
        error = await refusal(server.url.replace("http:", "https:"), engine)

    assert_not_sent(server, error, 3)


@pytest.mark.parametrize(
    "fault", [accepting("closed", fin), accepting("reset", rst)], ids=lambda fault: fault.name
)
# Where the reset is there first, wrap_socket raises and leaves its socket to the collector.
@pytest.mark.filterwarnings("ignore:unclosed <ssl.SSLSocket:ResourceWarning")
async def test_a_connection_that_ends_before_the_handshake(
    server: Server, fault: Fault, engine: EngineName
) -> None:
    server.misbehave(fault)

    assert_not_sent(server, await refusal(server.url, engine), 3)


@pytest.mark.parametrize("host", ["127.0.0.1:1", "no-such-host.invalid"])
async def test_nobody_there(server: Server, host: str, engine: EngineName) -> None:
    assert_not_sent(server, await refusal(f"https://{host}/v1", engine), 3)

"""What the environment says of proxies and certificates: heeded, and refused where it is wrong."""

from __future__ import annotations

import sys
from types import ModuleType, SimpleNamespace
from typing import cast

import pytest

from tests.faults.faults import accepting, before, fin, rst, stall
from tests.faults.server import Fault, Server, Wire, http
from tests.faults.service import MEMBER
from vinr import APIConnectionError, AsyncVinr, ConfigurationError, NotFoundError, VinrError
from vinr._config import EngineName

KEY = "sk_test_environment"


@pytest.fixture(params=["httpx", "fast"])
def engine(request: pytest.FixtureRequest) -> EngineName:
    return cast("EngineName", request.param)


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, short_waits: None) -> None:
    proxies = ("NO_PROXY", "ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY")
    for name in (*proxies, "SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


async def failure(base_url: str, engine: EngineName) -> VinrError:
    async with AsyncVinr(
        secret_key=KEY, base_url=base_url, engine=engine, timeout=0.2, max_retries=1
    ) as client:
        with pytest.raises(VinrError) as caught:
            await client.loyalty.transactions.create(account=MEMBER, amount=5)
    assert (caught.value.__cause__, caught.value.outcome_unknown) == (None, False)
    return caught.value


async def test_a_proxy(engine: EngineName, monkeypatch: pytest.MonkeyPatch) -> None:
    with Server() as proxy:
        monkeypatch.setenv("http_proxy", proxy.url.removesuffix("/v1"))

        async with AsyncVinr(
            secret_key=KEY, base_url="http://vinr.test/v1", engine=engine, allow_http=True
        ) as client:
            with pytest.raises(NotFoundError):  # the proxy of this test has nothing behind it
                await client.loyalty.accounts.retrieve(MEMBER)

        assert [request.path for request in proxy.requests] == [
            f"http://vinr.test/v1/loyalty/accounts/{MEMBER}"
        ]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
async def test_this_machine_is_never_reached_over_a_proxy(
    host: str, engine: EngineName, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Server() as proxy:
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, proxy.url.removesuffix("/v1"))

        for scheme in ("http", "https"):
            error = await failure(f"{scheme}://{host}:1/v1", engine)
            assert isinstance(error, APIConnectionError)

        assert proxy.connections == 0


@pytest.mark.parametrize(
    ("host", "entry"),
    [
        ("192.0.2.7", "192.0.2.0/24"),  # addresses of documentation
        ("192.0.2.7", "10.0.0.1, 192.0.2.0/25"),
        ("192.0.2.7", "shop.example, 192.0.2.0/25"),
        ("192.0.2.7", "192.0.2.7"),
        ("[fd00::1]", "fd00::1"),
        ("[fd00::1]", "[fd00::1]"),
        ("[fd00::1]", "fd00::/8"),
    ],
)
async def test_addresses_that_go_without_a_proxy(
    host: str, entry: str, engine: EngineName, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Server() as proxy:
        monkeypatch.setenv("https_proxy", proxy.url.removesuffix("/v1"))
        monkeypatch.setenv("no_proxy", entry)

        error = await failure(f"https://{host}/v1", engine)

        assert isinstance(error, APIConnectionError)
        assert proxy.connections == 0


async def test_an_address_beside_those_goes_over_the_proxy(
    engine: EngineName, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Server(always=accepting("closed", fin)) as proxy:
        monkeypatch.setenv("https_proxy", proxy.url.removesuffix("/v1"))
        monkeypatch.setenv("no_proxy", "192.0.2.0/24")

        await failure("https://198.51.100.7/v1", engine)

        assert proxy.connections > 0


@pytest.mark.parametrize(
    "proxy",
    [
        *("ftp://127.0.0.1:9", "http://[::", "http://127.0.0.1:99999", "http://"),
        *("http://user:password@:80", "http://a..b:80"),
    ],
)
async def test_a_proxy_that_is_none(
    proxy: str, engine: EngineName, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)

    error = await failure("https://vinr.test/v1", engine)

    assert type(error) is ConfigurationError
    assert "HTTPS_PROXY" in str(error)
    assert "password" not in str(error)


def _speaks_socks(wire: Wire) -> None:
    """Version 5 without a password, to a host by its name."""
    _version, methods = wire.receive(2)
    wire.receive(methods)
    wire.send(b"\x05\x00")
    *_, length = wire.receive(5)
    assert wire.receive(length + 2)[:-2] == b"vinr.test"
    wire.send(b"\x05\x00\x00\x01" + bytes(6))


async def test_a_socks_proxy(engine: EngineName, monkeypatch: pytest.MonkeyPatch) -> None:
    with Server([accepting("SOCKS", _speaks_socks)]) as proxy:
        monkeypatch.setenv("ALL_PROXY", f"socks5h://127.0.0.1:{proxy.port}")
        async with AsyncVinr(
            secret_key=KEY, base_url="http://vinr.test/v1", engine=engine, allow_http=True
        ) as client:
            for _ in range(2):
                assert (await client.loyalty.accounts.retrieve(MEMBER)).id == MEMBER

        assert [request.headers["host"] for request in proxy.requests] == ["vinr.test"] * 2
        assert proxy.connections == 1


async def test_a_socks_proxy_without_the_package_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1")
    monkeypatch.setitem(sys.modules, "socksio", None)

    error = await failure("https://vinr.test/v1", "httpx")

    assert type(error) is ConfigurationError
    assert "httpx[socks]" in str(error)


@pytest.mark.parametrize(
    "fault",
    [
        *(accepting("closed", fin), accepting("reset", rst), accepting("silent", stall)),
        before("reset", rst),
        accepting("refused", lambda wire: wire.send(http(403, b"no"))),
        accepting("asked to log in", lambda wire: wire.send(http(407, b""))),
        accepting("garbage", lambda wire: wire.send(b"garbage\r\n\r\n")),
        accepting("agreed, and nothing behind it", lambda wire: wire.send(http(200, b""))),
    ],
    ids=lambda fault: fault.name,
)
async def test_a_proxy_that_fails_before_tls_stands(
    fault: Fault, engine: EngineName, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Server(always=fault) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url.removesuffix("/v1"))

        error = await failure("https://vinr.test/v1", engine)

    assert isinstance(error, APIConnectionError)


@pytest.mark.parametrize("content", [None, "", "no certificate"])
async def test_certificates_that_are_none(
    content: str | None,
    engine: EngineName,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    file = tmp_path_factory.mktemp("certificates") / "authorities.pem"
    if content is not None:
        file.write_text(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))

    error = await failure("https://127.0.0.1:1/v1", engine)

    assert type(error) is ConfigurationError
    assert str(file) in str(error)


async def test_a_host_without_a_path(engine: EngineName) -> None:
    with Server() as server:
        base_url = server.url.removesuffix("/v1")
        async with AsyncVinr(secret_key=KEY, base_url=base_url, engine=engine) as client:
            await client.loyalty.accounts.retrieve(MEMBER)

        assert [request.path for request in server.requests] == [f"/loyalty/accounts/{MEMBER}"]


@pytest.mark.parametrize("engine", ["fast"])
@pytest.mark.parametrize(
    ("module", "asked"),
    [("gevent.monkey", "is_module_patched"), ("eventlet.patcher", "is_monkey_patched")],
)
async def test_the_fast_engine_refuses_green_threads(
    engine: EngineName, module: str, asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    patched = SimpleNamespace(**{asked: {"socket": True}.get})
    monkeypatch.setitem(sys.modules, module, cast("ModuleType", patched))
    with Server() as server:
        error = await failure(server.url, engine)

    assert type(error) is ConfigurationError
    assert module.partition(".")[0] in str(error)
    assert not server.requests


async def test_a_list_without_networks_in_it_still_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    with Server() as server, Server() as proxy:
        monkeypatch.setenv("http_proxy", proxy.url.removesuffix("/v1"))
        monkeypatch.setenv("no_proxy", "shop.example, 127.0.0.0/8")
        async with AsyncVinr(secret_key=KEY, base_url=server.url) as client:
            await client.loyalty.accounts.retrieve(MEMBER)

    assert (len(server.requests), proxy.connections) == (1, 0)

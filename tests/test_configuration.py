"""Options that cannot work are refused when the client is made."""

from __future__ import annotations

import pickle
import sys
from typing import Any

import anyio
import httpx
import pytest

import vinr
from vinr import AsyncVinr, ConfigurationError, Timeout, Vinr

KEY = "sk_test_4242"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VINR_SECRET_KEY", "VINR_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("client", [Vinr, AsyncVinr])
@pytest.mark.parametrize(
    "options",
    [
        {},
        *(
            {"secret_key": key}
            for key in ("", " ", "sk_test_\n", "sk_test_\r", "sk_test_ 1", "sk_test_é", "sk\x7f", 7)
        ),
        *({"secret_key": key} for key in ("pk_test_1", "pk_live_1", "unknown_1")),
        *(
            {"secret_key": KEY, "base_url": url}
            for url in (
                *("", "api.vinr.com/v1", "ftp://api.vinr.com/v1", "https://", "https:///v1", 7),
                *("https://user:word@api.vinr.com/v1", "https://api.vinr.com/v1?a=b"),
                *("https://api.vinr.com/v1#a", "https://api.vinr.com:port/v1", "https://a b/v1"),
                *("https://api.vinr.com:99999/v1", "https://api.vinr.com\\@evil.test/v1"),
                *("http://api.vinr.com/v1", "http://localhost.evil.test/v1", "http://10.0.0.1/v1"),
                *("https://api..vinr.com/v1", f"https://{'a' * 64}.vinr.com/v1", "https://a<b>/v1"),
                *("https://a%b/v1", "https://[v1.x]/v1", "https://-a/v1", "https://a|b/v1"),
                *("https://api.vinr.com/v1\r\nX-Evil: 1", "http://0.0.0.0/v1", "http://[::]/v1"),
            )
        ),
        *(
            {"secret_key": KEY, "max_retries": retries}
            for retries in (-1, 1.0, True, "2", None, 10**6)
        ),
        *(
            {"secret_key": KEY, name: seconds}
            for name in ("timeout", "deadline")
            for seconds in (0, -1, float("nan"), float("inf"), True, "30")
        ),
        *({"secret_key": KEY, "api_version": version} for version in ("", "2026", "26-01-01", 7)),
        *({"secret_key": KEY, "http_client": other} for other in ("client", 7)),
        *({"secret_key": KEY, "engine": name} for name in ("curl", "", None, 7)),
    ],
    ids=str,
)
def test_refused(client: Any, options: dict[str, object]) -> None:
    with pytest.raises(ConfigurationError) as caught:
        client(**options)
    assert isinstance(caught.value, ValueError)
    key = str(options.get("secret_key", KEY))
    assert len(key) < 2 or key not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1:8321/v1", "http://localhost/v1", "http://[::1]:80/v1"),
        *("https://gateway.example.test/vinr/v1", "https://api.vinr.com/v1/"),
    ],
)
def test_accepted(url: str) -> None:
    with Vinr(secret_key=KEY, base_url=url) as client:
        assert url.rstrip("/") in repr(client)
        assert KEY not in repr(client)


@pytest.mark.parametrize("kind", [Vinr, AsyncVinr])
@pytest.mark.parametrize("name", ["base_url", "secret_key", "engine", "http_client", "nonsense"])
def test_views_change_neither_host_nor_key(kind: Any, name: str) -> None:
    with pytest.raises(TypeError, match=name):
        kind(secret_key=KEY).with_options(**{name: "http://evil.test/v1"})


class AsyncCallback:
    async def __call__(self, _event: object) -> None: ...


def test_a_callback_that_nobody_would_await() -> None:
    callback: Any = AsyncCallback()
    with pytest.raises(ConfigurationError, match="on_retry"):
        Vinr(secret_key=KEY, on_retry=callback)


def test_clients_of_the_wrong_kind() -> None:
    wrong: Any = httpx.AsyncClient()
    with pytest.raises(ConfigurationError, match=r"httpx\.Client"):
        Vinr(secret_key=KEY, http_client=wrong)
    with (
        httpx.Client(follow_redirects=True) as following,
        pytest.raises(ConfigurationError, match="redirects"),
    ):
        Vinr(secret_key=KEY, http_client=following)


@pytest.mark.parametrize(("kind", "own"), [(Vinr, httpx.Client), (AsyncVinr, httpx.AsyncClient)])
def test_an_engine_beside_an_http_client(kind: Any, own: Any) -> None:
    with pytest.raises(ConfigurationError, match="engine goes without http_client"):
        kind(secret_key=KEY, engine="fast", http_client=own())


def test_unknown_options_are_refused() -> None:
    make: Any = Vinr
    with pytest.raises(TypeError):
        make(secret_key=KEY, retries=3)
    with Vinr(secret_key=KEY) as client:
        view: Any = client.with_options
        with pytest.raises(TypeError):
            view(retries=3)


def test_who_has_no_key_is_led_to_a_sandbox() -> None:
    with pytest.raises(ConfigurationError, match=r"VINR_SECRET_KEY.*sandbox.*/getting-started/"):
        Vinr()


@pytest.mark.parametrize("part", ["connect", "read", "write", "pool"])
def test_a_granular_timeout_is_checked(part: str) -> None:
    with pytest.raises(ConfigurationError, match=part):
        Timeout(**{part: 0})


def test_a_view_shares_the_connections() -> None:
    opened: list[dict[str, float]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        opened.append(request.extensions["timeout"])
        return httpx.Response(500)

    http_client = httpx.Client(transport=httpx.MockTransport(answer))
    with Vinr(secret_key=KEY, http_client=http_client, max_retries=1) as client:
        quick = client.with_options(timeout=5, max_retries=0)
        for each in (client.with_options(max_retries=0), quick):
            with pytest.raises(vinr.InternalServerError) as caught:
                each.loyalty.accounts.retrieve("loy_1")
            assert caught.value.attempts == 1

    assert [timeout["read"] for timeout in opened] == [30.0, 5]


def test_options_are_not_pickled_with_a_key() -> None:
    with Vinr(secret_key=KEY) as client, pytest.raises((TypeError, ConfigurationError)):
        pickle.dumps(client)


class TestEngine:
    def test_the_extra_is_missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "pycurl", None)
        with pytest.raises(ConfigurationError, match=r"pip install 'vinr\[fast\]'"):
            Vinr(secret_key=KEY, engine="fast")

    def test_the_fast_one_does_not_run_on_trio(self) -> None:
        async def call() -> None:
            async with AsyncVinr(secret_key=KEY, engine="fast") as client:
                await client.loyalty.accounts.retrieve("loy_1")

        with pytest.raises(ConfigurationError, match="asyncio alone"):
            anyio.run(call, backend="trio")

    def test_a_client_of_the_callers_own_brings_its_own(self) -> None:
        with (
            httpx.Client() as http_client,
            pytest.raises(ConfigurationError, match="engine"),
        ):
            Vinr(secret_key=KEY, http_client=http_client, engine="fast")


@pytest.mark.parametrize(
    "options",
    [
        {"secret_key": KEY, "base_url": "http://vinr.test/v1", "allow_http": 1},
        {"secret_key": KEY, "base_url": "http://vinr.test/v1", "allow_http": "yes"},
        {"secret_key": "sk_live_1", "base_url": "http://vinr.test/v1", "allow_http": True},
    ],
)
def test_a_key_does_not_go_unencrypted_by_mistake(options: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError, match="allow_http"):
        Vinr(**options)

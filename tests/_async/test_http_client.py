"""``http_client=``: the caller's client sends as it is, and stays as it was."""

from __future__ import annotations

from typing import Any

import httpx
import httpx2
import pytest

from tests.faults.server import Server
from tests.faults.service import MEMBER
from vinr import AsyncVinr, ConfigurationError

KEY = "sk_test_http_client"
ACCOUNT = {"id": MEMBER, "program": "p", "status": "active", "balance": 1, "lifetime_points": 1}
ENTRY = {"id": "ptx_1", "account": MEMBER, "type": "adjust", "amount": 5}
PAGE: dict[str, object] = {"object": "list", "data": [], "page": {"has_more": False}}


class Recorder:
    """A mock that answers, and keeps the requests."""

    def __init__(self, family: Any) -> None:
        self._family = family
        self.requests: list[Any] = []
        self.transport = family.MockTransport(self._answer)

    def _answer(self, request: Any) -> Any:
        self.requests.append(request)
        path: str = request.url.path
        if request.method == "POST":
            return self._family.Response(200, json=ENTRY)
        return self._family.Response(200, json=ACCOUNT if MEMBER in path else PAGE)


@pytest.fixture(params=[httpx, httpx2], ids=lambda family: family.__name__)
def family(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture
def recorder(family: Any) -> Recorder:
    return Recorder(family)


async def test_what_the_client_adds_to_every_request_is_sent(
    family: Any, recorder: Recorder
) -> None:
    async with family.AsyncClient(
        transport=recorder.transport,
        headers={"X-Gateway-Key": "g", "User-Agent": "till/3", "X-Api-Key": "not this one"},
        cookies={"route": "blue"},
        params={"tenant": "t"},
        auth=("user", "password"),
    ) as http_client:
        client = AsyncVinr(secret_key=KEY, http_client=http_client)
        await client.loyalty.accounts.list(customer="cust_1", expand=["tier", "customer"])
        await client.loyalty.transactions.create(account=MEMBER, amount=5, idempotency_key="k")

    listed, posted = recorder.requests
    for request in (listed, posted):
        assert request.headers["x-gateway-key"] == "g"
        assert request.headers["user-agent"] == "till/3"
        assert request.headers.get_list("x-api-key") == [KEY]
        assert request.headers["cookie"] == "route=blue"
        assert request.headers["authorization"].startswith("Basic ")
        assert request.url.params["tenant"] == "t"
    assert listed.url.params.get_list("expand[]") == ["tier", "customer"]
    assert listed.url.params["customer"] == "cust_1"
    assert posted.headers["idempotency-key"] == "k"
    assert posted.headers["content-type"] == "application/json"


async def test_a_plain_client_sends_what_the_default_one_does(
    family: Any, recorder: Recorder
) -> None:
    with Server() as server:
        async with AsyncVinr(secret_key=KEY, base_url=server.url) as client:
            await client.loyalty.transactions.create(account=MEMBER, amount=5, idempotency_key="k")
        async with family.AsyncClient() as http_client:
            client = AsyncVinr(secret_key=KEY, base_url=server.url, http_client=http_client)
            await client.loyalty.transactions.create(account=MEMBER, amount=5, idempotency_key="k")

    ours, theirs = server.requests
    assert ours.body == theirs.body
    assert dict(theirs.headers) == {**ours.headers, "connection": "keep-alive"}


async def test_headers_that_change_between_two_calls(family: Any, recorder: Recorder) -> None:
    async with family.AsyncClient(transport=recorder.transport) as http_client:
        client = AsyncVinr(secret_key=KEY, http_client=http_client)
        await client.loyalty.accounts.retrieve(MEMBER)
        http_client.headers["X-Shop"] = "north"
        await client.loyalty.accounts.retrieve(MEMBER)
        http_client.params = {"tenant": "t"}
        await client.loyalty.accounts.retrieve(MEMBER)

    assert [request.headers.get("x-shop") for request in recorder.requests] == [
        *(None, "north", "north")
    ]
    assert "tenant=t" in str(recorder.requests[-1].url)


async def test_mounts(family: Any, recorder: Recorder) -> None:
    mounts = {"all://sandbox.api.vinr.com": recorder.transport}
    async with family.AsyncClient(mounts=mounts) as http_client:
        client = AsyncVinr(secret_key=KEY, http_client=http_client)
        assert (await client.loyalty.accounts.retrieve(MEMBER)).id == MEMBER

    assert len(recorder.requests) == 1


async def test_hooks_see_request_and_response(family: Any, recorder: Recorder) -> None:
    seen: list[object] = []

    async def asked(request: Any) -> None:
        seen.append(request.content)

    async def answered(response: Any) -> None:
        await response.aread()
        seen.append(response.json()["id"])

    async with family.AsyncClient(
        transport=recorder.transport, event_hooks={"request": [asked], "response": [answered]}
    ) as http_client:
        client = AsyncVinr(secret_key=KEY, http_client=http_client)
        await client.loyalty.accounts.retrieve(MEMBER)
        await client.loyalty.transactions.create(account=MEMBER, amount=5)

    assert seen == [b"", MEMBER, seen[2], "ptx_1"]
    assert b'"amount":5' in seen[2]  # type: ignore[operator]  # the bytes of the request


@pytest.mark.parametrize("when", ["request", "response"])
async def test_what_a_hook_raises_passes_through(
    family: Any, recorder: Recorder, when: str
) -> None:
    class NotToday(Exception):
        pass

    async def hook(_: Any) -> None:
        raise NotToday

    async with family.AsyncClient(
        transport=recorder.transport, event_hooks={when: [hook]}
    ) as http_client:
        client = AsyncVinr(secret_key=KEY, http_client=http_client)
        with pytest.raises(NotToday):
            await client.loyalty.transactions.create(account=MEMBER, amount=5)

    assert len(recorder.requests) == (0 if when == "request" else 1)


async def test_raise_for_status_as_a_hook(family: Any) -> None:
    requests: list[Any] = []

    def refuse(request: Any) -> Any:
        requests.append(request)
        return family.Response(422, json={"error": {"code": "insufficient_points"}})

    async def hook(response: Any) -> None:
        response.raise_for_status()

    async with family.AsyncClient(
        transport=family.MockTransport(refuse), event_hooks={"response": [hook]}
    ) as http_client:
        client = AsyncVinr(secret_key=KEY, http_client=http_client)
        with pytest.raises(family.HTTPStatusError):
            await client.loyalty.transactions.create(account=MEMBER, amount=5)

    assert len(requests) == 1


async def test_the_client_stays_as_it_was(family: Any) -> None:
    def state(client: Any) -> object:
        transport = client._transport  # noqa: SLF001  # what must not change is nobody's to see
        backend = transport._pool._network_backend  # noqa: SLF001
        attributes: dict[str, object] = {**vars(client), **vars(transport)}
        return attributes, backend

    with Server() as server:
        async with family.AsyncClient() as http_client:
            await http_client.get(f"{server.url}/loyalty/accounts/{MEMBER}")
            before = state(http_client)
            client = AsyncVinr(secret_key=KEY, base_url=server.url, http_client=http_client)
            await client.loyalty.accounts.retrieve(MEMBER)
            await client.close()

            assert state(http_client) == before
            assert not http_client.is_closed


async def test_a_client_that_follows_redirects(family: Any) -> None:
    async with family.AsyncClient(follow_redirects=True) as http_client:
        with pytest.raises(ConfigurationError, match="follow_redirects=False"):
            AsyncVinr(secret_key=KEY, http_client=http_client)

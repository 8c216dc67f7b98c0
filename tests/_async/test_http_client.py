"""``http_client=``: the caller's client sends as it is, and stays as it was."""

from __future__ import annotations

import socket
from concurrent.futures import Future
from typing import Any

import httpx
import httpx2
import pytest

from tests.faults.server import Server
from tests.faults.service import MEMBER
from vinr import APIConnectionError, APIResponseError, AsyncVinr, ConfigurationError
from vinr._async import exchange

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


async def _fails_by_timeout() -> None:
    Future[None]().result(timeout=0.001)


async def _fails_by_socket() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = server.getsockname()
    socket.create_connection(address, 1).close()


async def _fails_by_another_request() -> None:
    def lost(_: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("no token")

    async with httpx.AsyncClient(transport=httpx.MockTransport(lost)) as tokens:
        await tokens.get("https://tokens.test/")


async def _fails_by_a_failure_of_its_own() -> None:
    raise httpx.ConnectError("no token service")


@pytest.mark.parametrize("where", ["request", "response"])
@pytest.mark.parametrize(
    ("fails", "raised"),
    [
        (_fails_by_timeout, TimeoutError),
        (_fails_by_socket, ConnectionRefusedError),
        (_fails_by_another_request, httpx.ReadTimeout),
        (_fails_by_a_failure_of_its_own, httpx.ConnectError),
    ],
)
async def test_what_fails_within_a_hook_is_the_hooks(
    family: Any, recorder: Recorder, where: str, fails: Any, raised: type[Exception]
) -> None:
    """It came from a library below a call, and yet the call had nothing to do with it."""
    hooked: list[int] = []

    async def hook(_: Any) -> None:
        hooked.append(1)
        await fails()

    async with family.AsyncClient(
        transport=recorder.transport, event_hooks={where: [hook]}
    ) as http_client:
        client = AsyncVinr(secret_key=KEY, http_client=http_client)
        with pytest.raises(raised):
            await client.loyalty.transactions.create(account=MEMBER, amount=5)

    assert len(hooked) == 1
    assert len(recorder.requests) == (where == "response")


async def test_a_function_without_frames_as_a_handler(family: Any) -> None:
    transport = family.MockTransport(list[object]().remove)
    async with family.AsyncClient(transport=transport) as http_client:
        client = AsyncVinr(secret_key=KEY, http_client=http_client)
        with pytest.raises(ValueError, match="not in list"):
            await client.loyalty.accounts.retrieve(MEMBER)


async def test_a_client_that_builds_its_own_requests(family: Any, recorder: Recorder) -> None:
    built: list[int] = []

    def build_request(self: Any, *arguments: Any, **named: Any) -> Any:
        request = family.AsyncClient.build_request(self, *arguments, **named)
        built.append(1)
        request.headers["X-Signed"] = f"{request.method} {len(built)}"
        return request

    signing: Any = type("Signing", (family.AsyncClient,), {"build_request": build_request})
    async with signing(transport=recorder.transport) as http_client:
        client = AsyncVinr(secret_key=KEY, http_client=http_client)
        await client.loyalty.accounts.retrieve(MEMBER)
        await client.loyalty.transactions.create(account=MEMBER, amount=5)
        await client.loyalty.accounts.retrieve(MEMBER)

    signed = [request.headers["X-Signed"] for request in recorder.requests]
    assert signed == ["GET 1", "POST 2", "GET 3"]


async def test_what_a_hook_changes_is_of_its_own_request(family: Any, recorder: Recorder) -> None:
    seen: list[float] = []

    async def hasten(request: Any) -> None:
        seen.append(request.extensions["timeout"]["read"])
        request.extensions["timeout"]["read"] = 0.5

    async with family.AsyncClient(
        transport=recorder.transport, event_hooks={"request": [hasten]}
    ) as http_client:
        client = AsyncVinr(secret_key=KEY, http_client=http_client, timeout=7)
        for _ in range(2):
            await client.loyalty.accounts.retrieve(MEMBER)

    assert seen == [7, 7]


async def test_reads_say_no_length(family: Any, recorder: Recorder) -> None:
    async with family.AsyncClient(transport=recorder.transport) as http_client:
        client = AsyncVinr(secret_key=KEY, http_client=http_client)
        with pytest.raises(APIResponseError):  # the mock answers every POST with an entry
            await client.loyalty.accounts.close(MEMBER)
        await client.loyalty.accounts.retrieve(MEMBER)

    lengths = [request.headers.get("content-length") for request in recorder.requests]
    assert lengths == ["0", None]


async def test_what_cannot_be_sent_as_http_is_not_tried_again(family: Any) -> None:
    with Server() as server:
        async with family.AsyncClient(headers={"X-Shop": "north\nX-Evil: 1"}) as http_client:
            client = AsyncVinr(secret_key=KEY, base_url=server.url, http_client=http_client)
            with pytest.raises(APIConnectionError, match="cannot be sent as HTTP") as caught:
                await client.loyalty.transactions.create(account=MEMBER, amount=5)

    assert (caught.value.attempts, caught.value.outcome_unknown) == (1, False)
    assert server.requests == []


async def test_a_closed_client_is_named(family: Any, recorder: Recorder) -> None:
    http_client = family.AsyncClient(transport=recorder.transport)
    client = AsyncVinr(secret_key=KEY, http_client=http_client)
    await http_client.aclose()
    with pytest.raises(APIConnectionError, match="http_client is closed"):
        await client.loyalty.accounts.retrieve(MEMBER)


async def test_more_kinds_of_headers_than_are_kept(family: Any, recorder: Recorder) -> None:
    versions = [f"2026-{month:02}-{day:02}" for month in range(1, 6) for day in range(1, 15)]
    async with family.AsyncClient(transport=recorder.transport) as http_client:
        client = AsyncVinr(secret_key=KEY, http_client=http_client)
        for version in [*versions, versions[0]]:
            await client.with_options(api_version=version).loyalty.accounts.retrieve(MEMBER)

    sent = [request.headers["vinr-version"] for request in recorder.requests]
    assert sent == [*versions, versions[0]]


@pytest.mark.parametrize(("added", "is_read"), [(0, True), (1, False)])
async def test_a_large_answer_that_a_hook_has_read(
    family: Any, monkeypatch: pytest.MonkeyPatch, added: int, is_read: bool
) -> None:
    """A body of a stated size is all that is taken, whoever reads it."""
    whole = family.Response(200, json=ACCOUNT).content
    monkeypatch.setattr(exchange, "MOST_BYTES", len(whole))

    async def hook(response: Any) -> None:
        await response.aread()

    def answer(_: Any) -> Any:
        return family.Response(200, content=whole + b" " * added)

    large = family.MockTransport(answer)
    async with family.AsyncClient(transport=large, event_hooks={"response": [hook]}) as http_client:
        client = AsyncVinr(secret_key=KEY, http_client=http_client, max_retries=0)
        if is_read:
            assert (await client.loyalty.accounts.retrieve(MEMBER)).id == MEMBER
        else:
            with pytest.raises(APIResponseError, match="larger than"):
                await client.loyalty.accounts.retrieve(MEMBER)


class WithoutSocket:
    """A connection of a transport that has no socket to show."""

    def get_extra_info(self, _info: str) -> object:
        return None


@pytest.mark.parametrize("connection", [WithoutSocket(), object()])
async def test_a_connection_without_a_socket_cannot_be_shut_down(
    family: Any, connection: object
) -> None:
    def answer(_: Any) -> Any:
        found = {"network_stream": connection}
        return family.Response(200, json={**ACCOUNT, "id": "loy_other"}, extensions=found)

    async with family.AsyncClient(transport=family.MockTransport(answer)) as http_client:
        client = AsyncVinr(secret_key=KEY, http_client=http_client)
        with pytest.raises(APIResponseError, match="another object"):
            await client.loyalty.accounts.retrieve(MEMBER)

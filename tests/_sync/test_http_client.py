# Generated from tests/_async/test_http_client.py; do not edit.
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
from vinr import APIConnectionError, APIResponseError, ConfigurationError, Vinr
from vinr._sync import exchange

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


def test_what_the_client_adds_to_every_request_is_sent(family: Any, recorder: Recorder) -> None:
    with family.Client(
        transport=recorder.transport,
        headers={"X-Gateway-Key": "g", "User-Agent": "till/3", "X-Api-Key": "not this one"},
        cookies={"route": "blue"},
        params={"tenant": "t"},
        auth=("user", "password"),
    ) as http_client:
        client = Vinr(secret_key=KEY, http_client=http_client)
        client.loyalty.accounts.list(customer="cust_1", expand=["tier", "customer"])
        client.loyalty.transactions.create(account=MEMBER, amount=5, idempotency_key="k")

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


def test_a_plain_client_sends_what_the_default_one_does(family: Any, recorder: Recorder) -> None:
    with Server() as server:
        with Vinr(secret_key=KEY, base_url=server.url) as client:
            client.loyalty.transactions.create(account=MEMBER, amount=5, idempotency_key="k")
        with family.Client() as http_client:
            client = Vinr(secret_key=KEY, base_url=server.url, http_client=http_client)
            client.loyalty.transactions.create(account=MEMBER, amount=5, idempotency_key="k")

    ours, theirs = server.requests
    assert ours.body == theirs.body
    assert dict(theirs.headers) == {**ours.headers, "connection": "keep-alive"}


def test_headers_that_change_between_two_calls(family: Any, recorder: Recorder) -> None:
    with family.Client(transport=recorder.transport) as http_client:
        client = Vinr(secret_key=KEY, http_client=http_client)
        client.loyalty.accounts.retrieve(MEMBER)
        http_client.headers["X-Shop"] = "north"
        client.loyalty.accounts.retrieve(MEMBER)
        http_client.params = {"tenant": "t"}
        client.loyalty.accounts.retrieve(MEMBER)

    assert [request.headers.get("x-shop") for request in recorder.requests] == [
        *(None, "north", "north")
    ]
    assert "tenant=t" in str(recorder.requests[-1].url)


def test_mounts(family: Any, recorder: Recorder) -> None:
    mounts = {"all://sandbox.api.vinr.com": recorder.transport}
    with family.Client(mounts=mounts) as http_client:
        client = Vinr(secret_key=KEY, http_client=http_client)
        assert (client.loyalty.accounts.retrieve(MEMBER)).id == MEMBER

    assert len(recorder.requests) == 1


def test_hooks_see_request_and_response(family: Any, recorder: Recorder) -> None:
    seen: list[object] = []

    def asked(request: Any) -> None:
        seen.append(request.content)

    def answered(response: Any) -> None:
        response.read()
        seen.append(response.json()["id"])

    with family.Client(
        transport=recorder.transport, event_hooks={"request": [asked], "response": [answered]}
    ) as http_client:
        client = Vinr(secret_key=KEY, http_client=http_client)
        client.loyalty.accounts.retrieve(MEMBER)
        client.loyalty.transactions.create(account=MEMBER, amount=5)

    assert seen == [b"", MEMBER, seen[2], "ptx_1"]
    assert b'"amount":5' in seen[2]  # type: ignore[operator]  # the bytes of the request


@pytest.mark.parametrize("when", ["request", "response"])
def test_what_a_hook_raises_passes_through(family: Any, recorder: Recorder, when: str) -> None:
    class NotToday(Exception):
        pass

    def hook(_: Any) -> None:
        raise NotToday

    with family.Client(transport=recorder.transport, event_hooks={when: [hook]}) as http_client:
        client = Vinr(secret_key=KEY, http_client=http_client)
        with pytest.raises(NotToday):
            client.loyalty.transactions.create(account=MEMBER, amount=5)

    assert len(recorder.requests) == (0 if when == "request" else 1)


def test_raise_for_status_as_a_hook(family: Any) -> None:
    requests: list[Any] = []

    def refuse(request: Any) -> Any:
        requests.append(request)
        return family.Response(422, json={"error": {"code": "insufficient_points"}})

    def hook(response: Any) -> None:
        response.raise_for_status()

    with family.Client(
        transport=family.MockTransport(refuse), event_hooks={"response": [hook]}
    ) as http_client:
        client = Vinr(secret_key=KEY, http_client=http_client)
        with pytest.raises(family.HTTPStatusError):
            client.loyalty.transactions.create(account=MEMBER, amount=5)

    assert len(requests) == 1


def test_the_client_stays_as_it_was(family: Any) -> None:
    def state(client: Any) -> object:
        transport = client._transport  # noqa: SLF001  # what must not change is nobody's to see
        backend = transport._pool._network_backend  # noqa: SLF001
        attributes: dict[str, object] = {**vars(client), **vars(transport)}
        return attributes, backend

    with Server() as server:
        with family.Client() as http_client:
            http_client.get(f"{server.url}/loyalty/accounts/{MEMBER}")
            before = state(http_client)
            client = Vinr(secret_key=KEY, base_url=server.url, http_client=http_client)
            client.loyalty.accounts.retrieve(MEMBER)
            client.close()

            assert state(http_client) == before
            assert not http_client.is_closed


def test_a_client_that_follows_redirects(family: Any) -> None:
    with family.Client(follow_redirects=True) as http_client:
        with pytest.raises(ConfigurationError, match="follow_redirects=False"):
            Vinr(secret_key=KEY, http_client=http_client)


def _fails_by_timeout() -> None:
    Future[None]().result(timeout=0.001)


def _fails_by_socket() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = server.getsockname()
    socket.create_connection(address, 1).close()


def _fails_by_another_request() -> None:
    def lost(_: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("no token")

    with httpx.Client(transport=httpx.MockTransport(lost)) as tokens:
        tokens.get("https://tokens.test/")


def _fails_by_a_failure_of_its_own() -> None:
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
def test_what_fails_within_a_hook_is_the_hooks(
    family: Any, recorder: Recorder, where: str, fails: Any, raised: type[Exception]
) -> None:
    """It came from a library below a call, and yet the call had nothing to do with it."""
    hooked: list[int] = []

    def hook(_: Any) -> None:
        hooked.append(1)
        fails()

    with family.Client(transport=recorder.transport, event_hooks={where: [hook]}) as http_client:
        client = Vinr(secret_key=KEY, http_client=http_client)
        with pytest.raises(raised):
            client.loyalty.transactions.create(account=MEMBER, amount=5)

    assert len(hooked) == 1
    assert len(recorder.requests) == (where == "response")


def test_a_function_without_frames_as_a_handler(family: Any) -> None:
    transport = family.MockTransport(list[object]().remove)
    with family.Client(transport=transport) as http_client:
        client = Vinr(secret_key=KEY, http_client=http_client)
        with pytest.raises(ValueError, match="not in list"):
            client.loyalty.accounts.retrieve(MEMBER)


def test_a_client_that_builds_its_own_requests(family: Any, recorder: Recorder) -> None:
    built: list[int] = []

    def build_request(self: Any, *arguments: Any, **named: Any) -> Any:
        request = family.Client.build_request(self, *arguments, **named)
        built.append(1)
        request.headers["X-Signed"] = f"{request.method} {len(built)}"
        return request

    signing: Any = type("Signing", (family.Client,), {"build_request": build_request})
    with signing(transport=recorder.transport) as http_client:
        client = Vinr(secret_key=KEY, http_client=http_client)
        client.loyalty.accounts.retrieve(MEMBER)
        client.loyalty.transactions.create(account=MEMBER, amount=5)
        client.loyalty.accounts.retrieve(MEMBER)

    signed = [request.headers["X-Signed"] for request in recorder.requests]
    assert signed == ["GET 1", "POST 2", "GET 3"]


def test_what_a_hook_changes_is_of_its_own_request(family: Any, recorder: Recorder) -> None:
    seen: list[float] = []

    def hasten(request: Any) -> None:
        seen.append(request.extensions["timeout"]["read"])
        request.extensions["timeout"]["read"] = 0.5

    with family.Client(
        transport=recorder.transport, event_hooks={"request": [hasten]}
    ) as http_client:
        client = Vinr(secret_key=KEY, http_client=http_client, timeout=7)
        for _ in range(2):
            client.loyalty.accounts.retrieve(MEMBER)

    assert seen == [7, 7]


def test_reads_say_no_length(family: Any, recorder: Recorder) -> None:
    with family.Client(transport=recorder.transport) as http_client:
        client = Vinr(secret_key=KEY, http_client=http_client)
        with pytest.raises(APIResponseError):  # the mock answers every POST with an entry
            client.loyalty.accounts.close(MEMBER)
        client.loyalty.accounts.retrieve(MEMBER)

    lengths = [request.headers.get("content-length") for request in recorder.requests]
    assert lengths == ["0", None]


def test_what_cannot_be_sent_as_http_is_not_tried_again(family: Any) -> None:
    with Server() as server:
        with family.Client(headers={"X-Shop": "north\nX-Evil: 1"}) as http_client:
            client = Vinr(secret_key=KEY, base_url=server.url, http_client=http_client)
            with pytest.raises(APIConnectionError, match="cannot be sent as HTTP") as caught:
                client.loyalty.transactions.create(account=MEMBER, amount=5)

    assert (caught.value.attempts, caught.value.outcome_unknown) == (1, False)
    assert server.requests == []


def test_a_closed_client_is_named(family: Any, recorder: Recorder) -> None:
    http_client = family.Client(transport=recorder.transport)
    client = Vinr(secret_key=KEY, http_client=http_client)
    http_client.close()
    with pytest.raises(APIConnectionError, match="http_client is closed"):
        client.loyalty.accounts.retrieve(MEMBER)


def test_more_kinds_of_headers_than_are_kept(family: Any, recorder: Recorder) -> None:
    versions = [f"2026-{month:02}-{day:02}" for month in range(1, 6) for day in range(1, 15)]
    with family.Client(transport=recorder.transport) as http_client:
        client = Vinr(secret_key=KEY, http_client=http_client)
        for version in [*versions, versions[0]]:
            client.with_options(api_version=version).loyalty.accounts.retrieve(MEMBER)

    sent = [request.headers["vinr-version"] for request in recorder.requests]
    assert sent == [*versions, versions[0]]


@pytest.mark.parametrize(("added", "is_read"), [(0, True), (1, False)])
def test_a_large_answer_that_a_hook_has_read(
    family: Any, monkeypatch: pytest.MonkeyPatch, added: int, is_read: bool
) -> None:
    """A body of a stated size is all that is taken, whoever reads it."""
    whole = family.Response(200, json=ACCOUNT).content
    monkeypatch.setattr(exchange, "MOST_BYTES", len(whole))

    def hook(response: Any) -> None:
        response.read()

    def answer(_: Any) -> Any:
        return family.Response(200, content=whole + b" " * added)

    large = family.MockTransport(answer)
    with family.Client(transport=large, event_hooks={"response": [hook]}) as http_client:
        client = Vinr(secret_key=KEY, http_client=http_client, max_retries=0)
        if is_read:
            assert (client.loyalty.accounts.retrieve(MEMBER)).id == MEMBER
        else:
            with pytest.raises(APIResponseError, match="larger than"):
                client.loyalty.accounts.retrieve(MEMBER)


class WithoutSocket:
    """A connection of a transport that has no socket to show."""

    def get_extra_info(self, _info: str) -> object:
        return None


@pytest.mark.parametrize("connection", [WithoutSocket(), object()])
def test_a_connection_without_a_socket_cannot_be_shut_down(family: Any, connection: object) -> None:
    def answer(_: Any) -> Any:
        found = {"network_stream": connection}
        return family.Response(200, json={**ACCOUNT, "id": "loy_other"}, extensions=found)

    with family.Client(transport=family.MockTransport(answer)) as http_client:
        client = Vinr(secret_key=KEY, http_client=http_client)
        with pytest.raises(APIResponseError, match="another object"):
            client.loyalty.accounts.retrieve(MEMBER)

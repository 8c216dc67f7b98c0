"""``client.request``: what is not modelled, with the checks and retries of every call."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
import respx
from pydantic import BaseModel, field_validator
from typing_extensions import override

from vinr import (
    APIConnectionError,
    APIResponseError,
    AsyncVinr,
    CallInfo,
    InvalidRequestError,
    LastResponse,
    Middleware,
    NotFoundError,
    loyalty,
)
from vinr.sandbox import LoseReply, Sandbox

BASE = "https://vinr.test/v1"


class Campaign(BaseModel):
    id: str
    points: int


async def test_plain_json_comes_back(client: AsyncVinr) -> None:
    made = await client.request("POST", "/loyalty/accounts", json={"program": "prog_default"})
    assert isinstance(made, dict)
    read = await client.request("GET", f"/loyalty/accounts/{made['id']}")
    assert read == made
    listed = await client.request("GET", "/loyalty/accounts", query={"limit": 1})
    assert isinstance(listed, dict)
    assert listed["data"] == [made]


async def test_a_model_comes_back(client: AsyncVinr) -> None:
    member = await client.request(
        "POST", "/loyalty/accounts", json={"program": "prog_default"}, expect=loyalty.Account
    )
    assert member == await client.loyalty.accounts.retrieve(member.id)
    assert member.last_response.attempts == 1


@pytest.mark.usefixtures("short_waits")
async def test_a_lost_answer_is_repeated_with_its_key(client: AsyncVinr, sandbox: Sandbox) -> None:
    sandbox.faults.add("accounts.create", [LoseReply()])
    await client.request("POST", "/loyalty/accounts", json={"program": "prog_default"})
    assert len(await client.loyalty.accounts.list()) == 1


@pytest.mark.usefixtures("short_waits")
async def test_an_unknown_outcome_has_the_key(client: AsyncVinr, sandbox: Sandbox) -> None:
    sandbox.faults.add("accounts.create", [LoseReply()] * 3)
    with pytest.raises(APIConnectionError) as caught:
        await client.request(
            "POST", "/loyalty/accounts", json={"program": "prog_default"}, idempotency_key="k-1"
        )
    assert caught.value.outcome_unknown
    assert caught.value.idempotency_key == "k-1"


async def test_errors_are_those_of_every_call(client: AsyncVinr) -> None:
    with pytest.raises(NotFoundError, match="request"):
        await client.request("GET", "/loyalty/accounts/loy_nobody")


@respx.mock
async def test_what_goes_over_the_wire() -> None:
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200, json={"id": "camp_1", "points": 5})

    respx.route().mock(side_effect=answer)
    async with AsyncVinr(secret_key="sk_test_1", base_url=BASE) as client:
        campaign = await client.request(
            "POST",
            "/loyalty/campaigns/camp_1/start",
            json={"name": "Ä", "tags": ["a", None, 1.5, {"b": True}]},
            query={"expand[]": ["tier", "a&b"], "dry run": True, "limit": 3},
            expect=Campaign,
            idempotency_key="k-1",
        )
        await client.request("POST", "/campaigns", form={"name": "a b", "metadata": {"k": "v"}})
        await client.request("POST", "/campaigns")
    assert campaign == Campaign(id="camp_1", points=5)
    assert campaign.model_dump_json() == '{"id":"camp_1","points":5}'
    first, second, third = sent
    assert str(first.url) == (
        f"{BASE}/loyalty/campaigns/camp_1/start?expand[]=tier&expand[]=a%26b&dry%20run=true&limit=3"
    )
    assert json.loads(first.content) == {"name": "Ä", "tags": ["a", None, 1.5, {"b": True}]}
    assert first.headers["Idempotency-Key"] == "k-1"
    assert second.content == b"name=a+b&metadata[k]=v"
    assert second.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert third.content == b""
    assert third.headers["Idempotency-Key"]


@respx.mock
@pytest.mark.parametrize("document", ["[1, 2]", "null", '"text"', "true", "1.5"])
async def test_any_json_document(document: str) -> None:
    respx.get(f"{BASE}/things").respond(content=document)
    async with AsyncVinr(secret_key="sk_test_1", base_url=BASE) as client:
        assert await client.request("GET", "/things") == json.loads(document)


@respx.mock
@pytest.mark.parametrize("document", ['{"a": NaN}', '{"a": 1, "a": 2}', "<html>", ""])
async def test_what_is_no_json(document: str) -> None:
    respx.get(f"{BASE}/things").respond(content=document)
    async with AsyncVinr(secret_key="sk_test_1", base_url=BASE, max_retries=0) as client:
        with pytest.raises(APIResponseError):
            await client.request("GET", "/things")


async def test_a_middleware_is_told_of_it(sandbox: Sandbox) -> None:
    told: list[tuple[str, str, BaseModel]] = []

    class Results(Middleware):
        @override
        def on_result(self, call: CallInfo, result: BaseModel, response: LastResponse) -> None:
            told.append((call.operation, call.url_template, result))

    client = sandbox.async_client(middleware=[Results()])
    await client.request("GET", "/loyalty/accounts")
    assert [each[:2] for each in told] == [("request", "/v1/loyalty/accounts")]


@respx.mock
async def test_another_shape_than_expected() -> None:
    respx.get(f"{BASE}/things").mock(httpx.Response(200, json={"id": "camp_1"}))
    async with AsyncVinr(secret_key="sk_test_1", base_url=BASE) as client:
        with pytest.raises(APIResponseError, match="points is missing"):
            await client.request("GET", "/things", expect=Campaign)


class Priced(BaseModel):
    """A model of a caller's, whose validator expects more of the answer than it checks."""

    price: dict[str, int]

    @field_validator("price")
    @classmethod
    def _has_an_amount(cls, price: dict[str, int]) -> dict[str, int]:
        return {"amount": price["amount"]}


@respx.mock
async def test_a_model_that_breaks_on_an_answer() -> None:
    posted = respx.post(f"{BASE}/things").respond(json={"price": {}})
    async with AsyncVinr(secret_key="sk_test_1", base_url=BASE) as client:
        with pytest.raises(APIResponseError, match="cannot be decoded") as caught:
            await client.request("POST", "/things", expect=Priced, idempotency_key="k-1")
    assert (posted.call_count, caught.value.outcome_unknown) == (1, True)
    assert caught.value.idempotency_key == "k-1"


CYCLE: dict[str, Any] = {}
CYCLE["again"] = CYCLE


@pytest.mark.parametrize(
    ("param", "bad"),
    [
        ("path", {"path": path})
        for path in (
            "",
            "loyalty",
            "//evil.test/v1",
            "https://evil.test/v1",
            "/",
            "/loyalty/",
            "/loyalty//accounts",
            "/loyalty/../keys",
            "/loyalty/./accounts",
            "/loyalty/%2e%2e/keys",
            "/loyalty/a%2Fb",
            "/loyalty?limit=1",
            "/loyalty#top",
            "/loyalty\\accounts",
            "/loyalty/a b",
            "/loyalty/a\r\nb",
            "/loyalty/ü",
            "/v1/loyalty/accounts",
            None,
            b"/loyalty",
        )
    ]
    + [
        ("method", {"method": "PUT"}),
        ("method", {"method": "get"}),
        ("json", {"json": {"a": object()}}),
        ("json", {"json": {"a": float("nan")}}),
        ("json", {"json": CYCLE}),
        ("json", {"json": [1]}),
        ("json", {"json": {1: "a"}}),
        ("json", {"json": {"a": "\ud800"}}),
        ("form", {"json": {}, "form": {}}),
        ("json", {"method": "GET", "json": {}}),
        ("idempotency_key", {"method": "GET", "idempotency_key": "k-1"}),
        ("idempotency_key", {"idempotency_key": ""}),
        ("query", {"query": "limit=1"}),
        ("query", {"query": {"": "1"}}),
        ("query", {"query": {"a": None}}),
        ("expect", {"expect": dict}),
        ("expect", {"expect": "Account"}),
    ],
)
@respx.mock
async def test_bad_input_is_not_sent(param: str, bad: dict[str, Any]) -> None:
    route = respx.route()
    arguments: dict[str, Any] = {"method": "POST", "path": "/things", **bad}
    async with AsyncVinr(secret_key="sk_test_1", base_url=BASE) as client:
        with pytest.raises(InvalidRequestError, match="nothing was sent") as caught:
            await client.request(**arguments)
    assert str(caught.value.param).startswith(param)
    assert not route.called


async def test_numbers_of_a_body_go_as_they_are() -> None:
    with respx.mock(base_url=BASE) as api:
        route = api.post("/campaigns").respond(json={})
        async with AsyncVinr(secret_key="sk_test_1", base_url=BASE) as client:
            await client.request("POST", "/campaigns", json={"points": 2**60, "factor": 1.5})

    assert json.loads(route.calls.last.request.content) == {"points": 2**60, "factor": 1.5}

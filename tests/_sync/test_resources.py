# Generated from tests/_async/test_resources.py; do not edit.
"""The resources beside members and their ledger: every call of one table, by the client."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from operator import attrgetter
from typing import Any

import httpx
import pytest

from tests.guide_resource_calls import EVERY, WRITES
from tests.resource_calls import AT, ENDPOINT, GUIDE_REDEMPTION, LINKS, SECRET, ResourceCall
from vinr import (
    APIResponseError,
    InvalidRequestError,
    NotFoundError,
    UnprocessableError,
    Vinr,
    VinrError,
)

MOVES = ("redemptions.create", "loyalty.redemptions.create", "store_credit.create")
MOVE = [call for call in WRITES if call.name in (*MOVES, "loyalty.credit.issue")]
HOST = "https://sandbox.api.vinr.com/v1"
LOST = httpx.ReadError("the connection broke")
Answer = httpx.Response | Exception


class Network:
    """Answers in turn, and notes what was sent; the last answer is given again and again."""

    def __init__(self, *answers: Answer) -> None:
        self.sent: list[httpx.Request] = []
        self._answers = answers

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(request)
        answer = self._answers[min(len(self.sent), len(self._answers)) - 1]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def client(self, **options: Any) -> Vinr:
        http_client = httpx.Client(transport=httpx.MockTransport(self))
        return Vinr(secret_key="sk_test_1", http_client=http_client, **options)


def refusal(status: int, code: str | None = "a_code") -> httpx.Response:
    return httpx.Response(status, json={"error": {"code": code, "message": "no"}} if code else {})


def sound(call: ResourceCall, **changes: object) -> httpx.Response:
    return httpx.Response(200, json=call.body_of_answer() | changes)


def each(calls: list[ResourceCall]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("call", [pytest.param(call, id=call.name) for call in calls])


def with_each_id(calls: list[ResourceCall], names: frozenset[str] = LINKS) -> pytest.MarkDecorator:
    pairs = [(call, name) for call in calls for name in call.arguments if name in names]
    ids = [f"{call.name} {name}" for call, name in pairs]
    return pytest.mark.parametrize(("call", "name"), pairs, ids=ids)


@each(EVERY)
def test_on_the_wire(call: ResourceCall) -> None:
    network = Network(sound(call))
    result = call.on(network.client())

    (request,) = network.sent
    assert f"{request.method} {request.url}" == call.request.replace(" ", f" {HOST}")
    assert request.content == call.body
    kind = "application/json" if call.is_of_the_guide else "application/x-www-form-urlencoded"
    assert request.headers.get("content-type") == (kind if call.body else None)
    assert bool(request.headers.get("idempotency-key")) == call.writes
    found = result.data[0] if call.lists else result
    assert type(found) is call.model
    assert found.last_response.status == 200
    assert {name: attrgetter(name)(found) for name in call.reads} == call.reads


@each(WRITES)
def test_a_lost_answer_is_asked_for_again_with_the_same_key(call: ResourceCall) -> None:
    network = Network(LOST, sound(call))
    result = call.on(network.client(), idempotency_key="mine")

    first, second = network.sent
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"] == "mine"
    assert first.content == second.content == call.body
    answer = result.last_response
    assert (answer.idempotency_key, answer.attempts, answer.unanswered) == ("mine", 2, 1)


@each(WRITES)
def test_an_unknown_outcome_says_so(call: ResourceCall) -> None:
    for answer in (LOST, httpx.Response(500), httpx.Response(200, json=[])):
        network = Network(answer)
        with pytest.raises(VinrError, match="repeat the call with idempotency_key='mine'") as error:
            call.on(network.client(max_retries=0), idempotency_key="mine")

        assert error.value.outcome_unknown
        assert (error.value.idempotency_key, len(network.sent)) == ("mine", 1)


@with_each_id(MOVE)
def test_points_and_money_of_another_are_refused(call: ResourceCall, name: str) -> None:
    assert_refused(call, name)


@with_each_id(WRITES, frozenset({"id"}))
def test_another_object_is_refused(call: ResourceCall, name: str) -> None:
    assert_refused(call, name)


def assert_refused(call: ResourceCall, name: str) -> None:
    network = Network(sound(call, **{name: "other_1"}))
    with pytest.raises(APIResponseError, match="another object") as caught:
        call.on(network.client(), idempotency_key="mine")

    assert caught.value.outcome_unknown
    assert (caught.value.idempotency_key, len(network.sent)) == ("mine", 1)


@each([call for call in EVERY if call.answer.get("id")])
def test_an_answer_that_says_its_id_alone_is_read(call: ResourceCall) -> None:
    thin = replace(call, answer={"id": call.answer["id"]})
    result = call.on(Network(sound(thin)).client())
    assert (result.data[0] if call.lists else result).id == call.answer["id"]


@with_each_id(MOVE)
def test_an_answer_that_does_not_say_whose_it_is_is_read(call: ResourceCall, name: str) -> None:
    for unsaid in (None, 7, list[str]()):
        result = call.on(Network(sound(call, **{name: unsaid})).client())
        assert result.id == call.answer["id"]


@with_each_id(EVERY)
def test_bad_ids_are_refused(call: ResourceCall, name: str) -> None:
    network = Network(refusal(500))
    client = network.client()
    for bad in ("", "..", "merge", "a/b", "%2e%2e", "a?b", "a b", "é", 7):
        with pytest.raises(InvalidRequestError) as caught:
            call.on(client, **{name: bad})
        assert (caught.value.param, network.sent) == (name, [])


@each([call for call in EVERY if call.arguments])
def test_a_misspelt_keyword_names_the_near_one(call: ResourceCall) -> None:
    meant, value = next(iter(call.arguments.items()))
    misspelt = {f"{meant}s": value, **dict([*call.arguments.items()][1:])}
    with pytest.raises(TypeError, match=rf"did you mean {meant}=\?"):
        replace(call, arguments=misspelt).on(Network(refusal(500)).client())


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("customers.create", {"email": " "}),
        ("customers.create", {"metadata": {"a": 1}}),
        ("customers.list", {"email": ""}),
        ("customers.list", {"limit": 0}),
        ("tiers.create", {"name": None}),
        ("tiers.create", {"min_points": -1}),
        ("tiers.create", {"min_points": 1.0}),
        ("tiers.create", {"benefits": []}),
        ("tiers.create", {"benefits": "lounge"}),
        ("rewards.create", {"points_cost": True}),
        ("rewards.create", {"points_cost": 2**63}),
        ("rewards.create", {"type": "a b"}),
        ("rewards.create", {"value": 1.5}),
        ("rewards.update", {"active": "yes"}),
        ("redemptions.create", {"redeemable_type": ""}),
        ("redemptions.create", {"idempotency_key": " "}),
        ("earning_rules.create", {"event": "a b"}),
        ("earning_rules.update", {"unit_value": 0}),
        ("store_credit.create", {"amount": 0}),
        ("store_credit.create", {"amount": "5"}),
        ("store_credit.create", {"currency": "euro"}),
        ("store_credit.create", {"expires_at": 1716300000}),
        ("webhook_endpoints.create", {"url": "shop.example"}),
        ("webhook_endpoints.create", {"enabled_events": []}),
        ("webhook_endpoints.create", {"enabled_events": "*"}),
        ("webhook_endpoints.create", {"enabled_events": ["a b"]}),
        ("loyalty.programs.create", {"currency": {"pointValue": 1}}),
        ("loyalty.programs.create", {"currency": {"point_value": float("nan")}}),
        ("loyalty.programs.create", {"currency": {"point_value": "0.5"}}),
        ("loyalty.programs.create", {"currency": {"point_value": True}}),
        ("loyalty.programs.create", {"currency": "EUR"}),
        ("loyalty.programs.create", {"tier_config": {"tiers": [{"rank": "1"}]}}),
        ("loyalty.programs.create", {"tier_config": {"tiers": {}}}),
        ("loyalty.rewards.create", {"value": {"a": float("inf")}}),
        ("loyalty.rewards.create", {"value": {"a": "\ud800"}}),
        ("loyalty.rewards.create", {"value": {"a": object()}}),
        ("loyalty.rewards.create", {"value": 5}),
        ("loyalty.redemptions.create", {"reward": None}),
        ("loyalty.earning_rules.create", {"award": {"point": 1}}),
        ("loyalty.credit.issue", {"amount": -5}),
        ("loyalty.credit.issue", {"expires_at": "2026-01-01"}),
        ("loyalty.analytics.summary", {"period_gte": "2026-01-01"}),
        ("loyalty.analytics.summary", {"period_lt": AT}),
    ],
)
def test_bad_values_are_refused(name: str, bad: dict[str, Any]) -> None:
    (call,) = [call for call in EVERY if call.name == name]
    network = Network(refusal(500))
    with pytest.raises(InvalidRequestError) as caught:
        call.on(network.client(), **bad)
    assert (caught.value.param or "").startswith(next(iter(bad)))
    assert network.sent == []


def named(name: str) -> ResourceCall:
    (call,) = [call for call in EVERY if call.name == name]
    return call


@pytest.mark.parametrize("name", ["customers.delete", "webhook_endpoints.delete"])
def test_gone_after_a_lost_answer_is_deleted(name: str) -> None:
    network = Network(LOST, refusal(404, "resource_missing"))
    gone = named(name).on(network.client())
    assert (gone.id, gone.deleted) == (named(name).arguments["id"], True)
    assert gone.last_response.attempts == 2


@pytest.mark.parametrize(
    "answers",
    [
        [refusal(404)],
        [httpx.ConnectError("not sent"), refusal(404)],
        [LOST, refusal(404, None)],
        [LOST, httpx.Response(404, html="<p>not here</p>")],
    ],
)
def test_what_was_not_there_is_an_error(answers: list[Answer]) -> None:
    with pytest.raises(NotFoundError):
        Network(*answers).client().customers.delete("cust_1")


def test_released_by_a_lost_attempt() -> None:
    released = httpx.Response(200, json={**GUIDE_REDEMPTION, "status": "released"})
    network = Network(LOST, refusal(422), released)
    found = network.client().loyalty.redemptions.release("rdm_1", idempotency_key="mine")
    assert [request.method for request in network.sent] == ["POST", "POST", "GET"]
    assert found.status == "released"
    assert (found.last_response.attempts, found.last_response.idempotency_key) == (3, "mine")


@pytest.mark.parametrize(
    "answers",
    [
        [refusal(422)],
        [LOST, refusal(422), httpx.Response(200, json={**GUIDE_REDEMPTION, "status": "applied"})],
        [LOST, refusal(422), refusal(404)],
    ],
)
def test_what_is_not_released_is_an_error(answers: list[Answer]) -> None:
    network = Network(*answers)
    with pytest.raises(UnprocessableError):
        network.client().loyalty.redemptions.release("rdm_1")
    assert len(network.sent) == len(answers)


@each([call for call in EVERY if call.lists])
def test_every_page_of_a_list(call: ResourceCall) -> None:
    page = call.body_of_answer()
    more: dict[str, Any] = {"has_more": True}
    if call.is_of_the_guide:
        more = {"page": {"has_more": True, "next_cursor": call.answer["id"]}}
    last = httpx.Response(200, json={**page, "data": [{**call.answer, "id": "last_1"}]})
    network = Network(httpx.Response(200, json={**page, **more}), last)
    found = [item.id for item in call.on(network.client())]
    assert found == [call.answer["id"], "last_1"]
    assert f"starting_after={call.answer['id']}" in str(network.sent[1].url)


def test_the_secret_of_an_endpoint_is_shown_by_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    create = named("webhook_endpoints.create")
    endpoint = create.on(Network(sound(create)).client())
    logging.getLogger("shop").info("made %s, %r", endpoint, endpoint)
    page = (
        Network(sound(named("webhook_endpoints.list"), data=[create.answer]))
        .client()
        .webhook_endpoints.list()
    )
    assert endpoint.secret == page.data[0].secret == SECRET
    unusable = Network(httpx.Response(200, json={**ENDPOINT, "id": 7, "secret": SECRET}))
    with pytest.raises(APIResponseError) as caught:
        create.on(unusable.client())

    shown = f"{endpoint} {endpoint!r} {page!r} {caught.value} {vars(caught.value)} {caplog.text}"
    assert SECRET not in shown
    assert json.loads(endpoint.model_dump_json())["secret"] == SECRET

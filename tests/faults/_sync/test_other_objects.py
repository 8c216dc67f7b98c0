# Generated from tests/faults/_async/test_other_objects.py; do not edit.
"""An answer that is sound, and about something else than what was asked."""

from __future__ import annotations

import json
from threading import Event

import httpx
import pytest

from tests.faults.faults import body
from tests.faults.matrix import SECRET
from tests.faults.server import Fault, Server, Wire, http
from tests.faults.service import MEMBER, PROGRAM, Request
from vinr import APIResponseError, Vinr


def changed(**attributes: object) -> Fault:
    """The sound answer with other values."""
    names = ", ".join(attributes)
    return body(f"other {names}", lambda sound: json.dumps(json.loads(sound) | attributes).encode())


def one_answer_behind(wire: Wire, request: Request) -> None:
    """Answers, and answers the same to the next request, which it executes."""
    answer = wire.service.answer(request)
    wire.answer(answer)
    wire.service.answer(wire.request())
    wire.answer(answer)


def posted(client: Vinr, account: str = MEMBER) -> object:
    return client.loyalty.transactions.create(
        account=account, amount=5, idempotency_key=f"for-{account}"
    )


def test_an_entry_of_another_account(server: Server, client: Vinr) -> None:
    server.plan(changed(account="loy_2"))

    with pytest.raises(APIResponseError, match="another object") as raised:
        posted(client)

    assert raised.value.outcome_unknown
    assert (len(server.requests), sum(server.service.effects.values())) == (1, 1)


def test_a_member_created_for_another(server: Server, client: Vinr) -> None:
    server.plan(body("no member", lambda sound: sound), changed(customer="cust_3"))

    with pytest.raises(APIResponseError, match="another object") as raised:
        client.loyalty.accounts.get_or_create(program=PROGRAM, customer="cust_2")

    assert raised.value.outcome_unknown


@pytest.mark.parametrize("own", [True, False])
def test_a_connection_that_is_one_answer_behind(server: Server, client: Vinr, *, own: bool) -> None:
    http_client = None if own else httpx.Client()
    if http_client is not None:
        client = Vinr(secret_key=SECRET, base_url=server.url, http_client=http_client)
    server.plan(Fault("one answer behind", one_answer_behind))
    posted(client)

    with pytest.raises(APIResponseError) as raised:
        posted(client, "loy_2")
    posted(client, "loy_3")

    assert raised.value.idempotency_key == "for-loy_2"
    assert server.connections == 2
    assert server.service.effects == {"for-loy_1": 1, "for-loy_2": 1, "for-loy_3": 1}
    if http_client is not None:
        http_client.close()


def test_what_comes_late_on_an_idle_connection_is_no_answer(server: Server, client: Vinr) -> None:
    there = Event()

    def one_page_too_many(wire: Wire, request: Request) -> None:
        wire.answer(wire.service.answer(request))
        page = {"object": "list", "page": {"has_more": False}}
        late = {"id": "ptx_9", "account": "loy_OTHER", "type": "adjust", "amount": 999}
        wire.send(http(200, json.dumps({**page, "data": [late]}).encode()))
        there.set()

    server.plan(Fault("one page too many", one_page_too_many))

    client.loyalty.transactions.list(account=MEMBER)
    assert there.wait(5)
    page = client.loyalty.transactions.list(account="loy_2")

    assert [entry.account for entry in page.data if entry.account == "loy_OTHER"] == []
    assert len(server.requests) == 2


@pytest.mark.parametrize(("asked", "said"), [("la_1", MEMBER), (MEMBER, "la_1")])
def test_a_member_has_an_id_in_either_dialect(
    server: Server, client: Vinr, asked: str, said: str
) -> None:
    server.service.accounts["la_1"] = server.service.accounts[MEMBER]
    server.plan(changed(id=said), changed(account=said))

    assert (client.loyalty.accounts.close(asked)).id == said
    entry = client.loyalty.transactions.create(account=asked, amount=5)
    assert entry.account == said

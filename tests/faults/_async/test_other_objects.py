"""An answer that is sound, and about something else than what was asked."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

import httpx
import pytest

from tests.faults.faults import body
from tests.faults.matrix import SECRET
from tests.faults.server import Fault, Server, Wire
from tests.faults.service import MEMBER, PROGRAM, Request
from vinr import APIResponseError, AsyncVinr

Call = Callable[[AsyncVinr], Awaitable[object]]


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


async def posted(client: AsyncVinr, amount: int = 5) -> object:
    return await client.loyalty.transactions.create(
        account=MEMBER, amount=amount, idempotency_key=f"ticket-{amount}"
    )


async def enrolled(client: AsyncVinr) -> object:
    return await client.loyalty.accounts.create(program=PROGRAM, customer="cust_2")


async def got_or_created(client: AsyncVinr) -> object:
    return await client.loyalty.accounts.get_or_create(program=PROGRAM, customer="cust_2")


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        (posted, changed(account="loy_2")),
        (posted, changed(amount=-9999)),
        (enrolled, changed(customer="cust_3")),
        (enrolled, changed(customer=None)),
        (enrolled, changed(program="prog_2")),
    ],
)
async def test_a_write_answered_with_another(
    server: Server, client: AsyncVinr, call: Call, fault: Fault
) -> None:
    server.plan(fault)

    with pytest.raises(APIResponseError, match="another object") as raised:
        await call(client)

    assert raised.value.outcome_unknown
    assert (len(server.requests), sum(server.service.effects.values())) == (1, 1)


async def test_a_member_created_for_another(server: Server, client: AsyncVinr) -> None:
    server.plan(body("no member", lambda sound: sound), changed(customer="cust_3"))

    with pytest.raises(APIResponseError, match="another object") as raised:
        await got_or_created(client)

    assert raised.value.outcome_unknown


@pytest.mark.parametrize("own", [True, False])
async def test_a_connection_that_is_one_answer_behind(
    server: Server, client: AsyncVinr, *, own: bool
) -> None:
    http_client = None if own else httpx.AsyncClient()
    if http_client is not None:
        client = AsyncVinr(secret_key=SECRET, base_url=server.url, http_client=http_client)
    server.plan(Fault("one answer behind", one_answer_behind))
    await posted(client, 5)

    with pytest.raises(APIResponseError) as raised:
        await posted(client, 7)
    await posted(client, 9)

    assert raised.value.idempotency_key == "ticket-7"
    assert server.connections == 2
    assert server.service.effects == {"ticket-5": 1, "ticket-7": 1, "ticket-9": 1}
    if http_client is not None:
        await http_client.aclose()


@pytest.mark.parametrize(("asked", "said"), [("la_1", MEMBER), (MEMBER, "la_1")])
async def test_a_member_has_an_id_in_either_dialect(
    server: Server, client: AsyncVinr, asked: str, said: str
) -> None:
    server.service.accounts["la_1"] = server.service.accounts[MEMBER]
    server.plan(changed(id=said), changed(account=said))

    assert (await client.loyalty.accounts.close(asked)).id == said
    entry = await client.loyalty.transactions.create(account=asked, amount=5)
    assert entry.account == said

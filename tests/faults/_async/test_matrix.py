"""The matrix of faults: what is sent, what has happened on the server, what the caller gets."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

import pytest

from tests.faults.case import Case
from tests.faults.matrix import CASES, SECRET, assert_executed, assert_raised, assert_sent
from tests.faults.server import Server
from tests.faults.service import MEMBER
from vinr import AsyncVinr, VinrError
from vinr._config import EngineName


async def _list(client: AsyncVinr) -> object:
    return await client.loyalty.accounts.list(customer="cust_1")


CALLS: dict[str, Callable[[AsyncVinr], Awaitable[object]]] = {
    "post": lambda client: client.loyalty.transactions.create(
        account=MEMBER, amount=500, reason="goodwill"
    ),
    "read": lambda client: client.loyalty.accounts.retrieve(MEMBER),
    "list": _list,
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_fault(case: Case, engine: EngineName) -> None:
    with Server(case.plan, always=case.always) as server:
        async with AsyncVinr(
            secret_key=SECRET,
            base_url=server.url,
            timeout=case.timeout,
            deadline=case.deadline,
            max_retries=case.max_retries,
            engine=engine,
        ) as client:
            await run(case, server, client)


async def run(case: Case, server: Server, client: AsyncVinr) -> None:
    started = time.monotonic()
    error = await _ended(client, case)
    assert time.monotonic() - started < case.longest

    assert_sent(case, server)
    assert_executed(case, server)
    if error is None:
        assert case.raises is None
    else:
        assert_raised(case, error, server)

    # whatever happened, the client goes on, and reads its own answers
    server.behave()
    patient = client.with_options(timeout=5, deadline=None)
    member = await patient.loyalty.accounts.retrieve(MEMBER)
    assert (member.id, member.last_response.attempts) == (MEMBER, 1)


async def _ended(client: AsyncVinr, case: Case) -> VinrError | None:
    try:
        await CALLS[case.call](client)
    except VinrError as error:
        return error
    return None

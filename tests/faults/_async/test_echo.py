"""The echo of our own success, where the server has forgotten the key: no error, a result."""

from __future__ import annotations

import pytest

from tests.faults.faults import LOST_AFTER, LOST_BEFORE, refused, status
from tests.faults.server import Fault, Server
from tests.faults.service import MEMBER, PROGRAM, account
from vinr import AccountAlreadyExistsError, AsyncVinr, UnprocessableError

LOST = LOST_AFTER[0]


@pytest.fixture
def forgetful(server: Server) -> Server:
    server.service.forgets_keys = True
    server.service.accounts["loy_old"] = account("loy_old", "cust_1")
    return server


async def test_create(forgetful: Server, client: AsyncVinr) -> None:
    forgetful.plan(LOST)

    member = await client.loyalty.accounts.create(program=PROGRAM, customer="cust_2")

    assert member.customer == "cust_2"
    assert member.last_response.attempts == 3
    assert member.last_response.idempotency_key == forgetful.requests[0].key
    read = forgetful.requests[2]
    assert (read.method, read.body, read.key) == ("GET", b"", None)
    assert len(forgetful.requests) == 3


async def test_close(forgetful: Server, client: AsyncVinr) -> None:
    forgetful.plan(LOST)

    member = await client.loyalty.accounts.close(MEMBER)

    assert (member.id, member.status) == (MEMBER, "closed")


async def test_merge(forgetful: Server, client: AsyncVinr) -> None:
    forgetful.plan(LOST)

    survivor = await client.loyalty.accounts.merge(source="loy_old", target=MEMBER)

    assert (survivor.id, survivor.status) == (MEMBER, "active")


async def test_without_a_lost_answer_it_is_a_refusal(forgetful: Server, client: AsyncVinr) -> None:
    with pytest.raises(AccountAlreadyExistsError) as caught:
        await client.loyalty.accounts.create(program=PROGRAM, customer="cust_1")

    assert (caught.value.outcome_unknown, caught.value.existing_account) == (False, MEMBER)
    assert len(forgetful.requests) == 1


async def test_a_refusal_that_is_replayed_is_no_echo(server: Server, client: AsyncVinr) -> None:
    """The lost answer was the refusal already: nothing was created."""
    server.plan(LOST)

    with pytest.raises(AccountAlreadyExistsError) as caught:
        await client.loyalty.accounts.create(program=PROGRAM, customer="cust_1")

    assert not caught.value.outcome_unknown
    assert [request.method for request in server.requests] == ["POST", "POST"]


async def test_an_account_with_other_metadata_is_a_refusal(
    forgetful: Server, client: AsyncVinr
) -> None:
    forgetful.plan(LOST_BEFORE[0])

    with pytest.raises(AccountAlreadyExistsError) as caught:
        await client.loyalty.accounts.create(
            program=PROGRAM, customer="cust_1", metadata={"shop": "north"}
        )

    assert not caught.value.outcome_unknown
    assert [request.method for request in forgetful.requests] == ["POST", "POST", "GET"]


async def test_an_account_of_somebody_else_is_a_refusal(
    forgetful: Server, client: AsyncVinr
) -> None:
    """The error names an account that is not the one that would have been created."""
    conflict = status(
        409, b'{"error":{"code":"account_already_exists","message":"no","resource":"loy_old"}}'
    )
    forgetful.plan(LOST_BEFORE[0], conflict)

    with pytest.raises(AccountAlreadyExistsError) as caught:
        await client.loyalty.accounts.create(program=PROGRAM, customer="cust_2")

    assert caught.value.outcome_unknown is False
    assert [request.method for request in forgetful.requests] == ["POST", "POST", "GET"]


async def test_a_merge_into_another_target_is_a_refusal(
    forgetful: Server, client: AsyncVinr
) -> None:
    forgetful.service.accounts["loy_old"].update(status="merged", into="loy_third")
    forgetful.plan(LOST_BEFORE[0])

    with pytest.raises(UnprocessableError) as caught:
        await client.loyalty.accounts.merge(source="loy_old", target=MEMBER)

    assert caught.value.code == "account_merged"
    assert caught.value.outcome_unknown


@pytest.mark.parametrize("resource", ["../../admin", "merge", "", "loy_?a=b", "x" * 300])
async def test_an_id_from_an_error_passes_the_same_check_as_any(
    forgetful: Server, client: AsyncVinr, resource: str
) -> None:
    text = f'{{"error":{{"code":"account_already_exists","message":"no","resource":"{resource}"}}}}'
    forgetful.plan(LOST, status(409, text.encode()))

    with pytest.raises(AccountAlreadyExistsError) as caught:
        await client.loyalty.accounts.create(program=PROGRAM, customer="cust_2")

    assert caught.value.outcome_unknown
    assert len(forgetful.requests) == 2


async def test_an_account_that_cannot_be_read_leaves_the_outcome_unknown(
    forgetful: Server, client: AsyncVinr
) -> None:
    forgetful.plan(LOST, refused(422, "account_closed"), *[status(500)] * 3)

    with pytest.raises(UnprocessableError) as caught:
        await client.loyalty.accounts.close(MEMBER)

    assert caught.value.outcome_unknown
    assert caught.value.idempotency_key == forgetful.requests[0].key
    assert caught.value.attempts == 2


async def test_the_reference_dialect(forgetful: Server, client: AsyncVinr) -> None:
    member: dict[str, object] = {
        "id": "la_2", "customer": "cust_2", "points_balance": 0, "tier": None,
        "programme_id": PROGRAM, "created": 1716300000,
    }  # fmt: skip
    forgetful.service.reference["la_2"] = member
    forgetful.plan(
        LOST_BEFORE[0],
        status(409, b'{"error":{"code":"account_already_exists","message":"There is la_2."}}'),
    )

    found = await client.loyalty_accounts.create(customer="cust_2")

    assert found.id == "la_2"


async def test_get_or_create_takes_a_conflict_for_somebody_elses(
    server: Server, client: AsyncVinr
) -> None:
    """VINR replays our own success, so a conflict after a lost answer is not ours."""
    conflict = status(
        409, b'{"error":{"code":"account_already_exists","message":"no","resource":"loy_1"}}'
    )
    server.service.accounts[MEMBER]["customer"] = "cust_9"
    server.plan(status(200, b'{"object":"list","data":[],"has_more":false}'))
    server.plan(LOST_BEFORE[0], conflict)

    member, created = await client.loyalty.accounts.get_or_create(
        program=PROGRAM, customer="cust_9"
    )

    assert (member.id, created) == (MEMBER, False)


@pytest.mark.parametrize("fault", [LOST_AFTER[0], LOST_BEFORE[0]])
async def test_get_or_create_through_a_lost_answer(
    server: Server, client: AsyncVinr, fault: Fault
) -> None:
    server.plan(status(200, b'{"object":"list","data":[],"has_more":false}'), fault)

    member, created = await client.loyalty.accounts.get_or_create(
        program=PROGRAM, customer="cust_2"
    )

    assert created
    assert member.last_response.replayed == (fault is LOST_AFTER[0])
    assert sum(server.service.effects.values()) == 1

# Generated from tests/faults/_async/test_already_applied.py; do not edit.
"""A refusal after a lost answer: whether the write had been executed, and when that is a result.

The server of these tests forgets keys, so that a repeated write meets its own effect.
"""

from __future__ import annotations

import pytest

from tests.faults.faults import LOST_AFTER, LOST_BEFORE, refused, status
from tests.faults.server import Fault, Server
from tests.faults.service import MEMBER, PROGRAM, account
from vinr import AccountAlreadyExistsError, UnprocessableError, Vinr

LOST = LOST_AFTER[0]


@pytest.fixture
def forgetful(server: Server) -> Server:
    server.service.forgets_keys = True
    server.service.accounts["loy_old"] = account("loy_old", "cust_1")
    return server


def test_close(forgetful: Server, client: Vinr) -> None:
    forgetful.plan(LOST)

    member = client.loyalty.accounts.close(MEMBER)

    assert (member.id, member.status) == (MEMBER, "closed")


def test_merge(forgetful: Server, client: Vinr) -> None:
    forgetful.plan(LOST)

    survivor = client.loyalty.accounts.merge(source="loy_old", target=MEMBER)

    assert (survivor.id, survivor.status) == (MEMBER, "active")


def test_create_never_returns_a_member_that_may_be_somebody_elses(
    forgetful: Server, client: Vinr
) -> None:
    """A sign-up bonus would be given twice; VINR replays what was created by this call."""
    forgetful.plan(LOST)

    with pytest.raises(AccountAlreadyExistsError) as caught:
        client.loyalty.accounts.create(program=PROGRAM, customer="cust_2")

    assert [request.method for request in forgetful.requests] == ["POST", "POST"]
    assert caught.value.existing_account is not None


def test_create_in_the_reference_dialect(forgetful: Server, client: Vinr) -> None:
    conflict = status(409, b'{"error":{"code":"account_already_exists","message":"la_2 is."}}')
    forgetful.plan(LOST_BEFORE[0], conflict)

    with pytest.raises(AccountAlreadyExistsError) as caught:
        client.loyalty_accounts.create(customer="cust_2")

    assert (caught.value.existing_account, caught.value.outcome_unknown) == ("la_2", False)
    assert len(forgetful.requests) == 2


def test_without_a_lost_answer_it_is_a_refusal(forgetful: Server, client: Vinr) -> None:
    with pytest.raises(AccountAlreadyExistsError) as caught:
        client.loyalty.accounts.create(program=PROGRAM, customer="cust_1")

    assert (caught.value.outcome_unknown, caught.value.existing_account) == (False, MEMBER)
    assert len(forgetful.requests) == 1


def test_a_replayed_refusal_of_close_is_a_refusal(server: Server, client: Vinr) -> None:
    """The lost answer was the refusal already: this call closed nothing."""
    server.service.accounts[MEMBER]["status"] = "closed"
    server.plan(LOST)

    with pytest.raises(UnprocessableError) as caught:
        client.loyalty.accounts.close(MEMBER)

    assert not caught.value.outcome_unknown
    assert [request.method for request in server.requests] == ["POST", "POST"]


def test_a_merge_into_another_target_is_a_refusal(forgetful: Server, client: Vinr) -> None:
    forgetful.service.accounts["loy_old"].update(status="merged", into="loy_third")
    forgetful.plan(LOST_BEFORE[0])

    with pytest.raises(UnprocessableError) as caught:
        client.loyalty.accounts.merge(source="loy_old", target=MEMBER)

    assert caught.value.code == "account_merged"
    assert caught.value.outcome_unknown


def test_an_account_that_cannot_be_read_leaves_the_outcome_unknown(
    forgetful: Server, client: Vinr
) -> None:
    forgetful.plan(LOST, refused(422, "account_closed"), *[status(500)] * 3)

    with pytest.raises(UnprocessableError) as caught:
        client.loyalty.accounts.close(MEMBER)

    assert caught.value.outcome_unknown
    assert caught.value.idempotency_key == forgetful.requests[0].key
    assert caught.value.attempts == 2


def test_get_or_create_takes_a_conflict_for_somebody_elses(server: Server, client: Vinr) -> None:
    """VINR replays our own success, so a conflict after a lost answer is not ours."""
    conflict = status(
        409, b'{"error":{"code":"account_already_exists","message":"no","resource":"loy_1"}}'
    )
    server.service.accounts[MEMBER]["customer"] = "cust_9"
    server.plan(status(200, b'{"object":"list","data":[],"has_more":false}'))
    server.plan(LOST_BEFORE[0], conflict)

    member, created = client.loyalty.accounts.get_or_create(program=PROGRAM, customer="cust_9")

    assert (member.id, created) == (MEMBER, False)


@pytest.mark.parametrize("fault", [LOST_AFTER[0], LOST_BEFORE[0]])
def test_get_or_create_through_a_lost_answer(server: Server, client: Vinr, fault: Fault) -> None:
    server.plan(status(200, b'{"object":"list","data":[],"has_more":false}'), fault)

    member, created = client.loyalty.accounts.get_or_create(program=PROGRAM, customer="cust_2")

    assert created
    assert member.last_response.replayed == (fault is LOST_AFTER[0])
    assert sum(server.service.effects.values()) == 1

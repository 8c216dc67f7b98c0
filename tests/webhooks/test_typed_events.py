"""Each known type of event has a class of its own; what is unknown stays whole."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from vinr import Event, LoyaltyAccount, PointsTransaction, Vinr, VinrError, Webhook, events
from vinr.loyalty import Account, Transaction
from vinr.sandbox import Sandbox
from vinr.sandbox.event_log import EVENT_TYPES

CLASSES = {
    "customer.created": events.CustomerCreated,
    "customer.deleted": events.CustomerDeleted,
    "customer.updated": events.CustomerUpdated,
    "loyalty.account.created": events.AccountCreated,
    "loyalty.account.merged": events.AccountMerged,
    "loyalty.points.earned": events.PointsEarned,
    "loyalty.reward.redeemed": events.RewardRedeemed,
    "loyalty_account.created": events.LoyaltyAccountCreated,
    "loyalty_account.updated": events.LoyaltyAccountUpdated,
    "points_transaction.created": events.PointsTransactionCreated,
}


def wire(type: str, **object: Any) -> dict[str, Any]:
    return {"id": "evt_1", "type": type, "data": {"object": object, "previous": 1}, "new": [1]}


def test_every_documented_type_has_a_class() -> None:
    assert CLASSES.keys() == set(EVENT_TYPES)


@pytest.mark.parametrize("type", [*CLASSES, "coupon.issued"])
def test_the_class_follows_the_type_wherever_an_event_comes_from(type: str) -> None:
    wanted = CLASSES.get(type, Event)
    event = Event.model_validate(wire(type, id="x"))
    body = event.model_dump_json()
    made = (
        event,
        Event.model_validate_json(body),
        Webhook.construct_event(body, Webhook.sign(body, "whsec_1"), "whsec_1"),
        Event(**wire(type, id="x")),
        wanted.model_validate_json(body),
        pickle.loads(pickle.dumps(event)),  # noqa: S301
        event.model_copy(),
    )
    for each in made:
        assert each.__class__ is wanted
        assert each == event
        assert each.model_dump() == {**wire(type, id="x"), "created": None}


def test_the_events_of_a_life_by_class(vinr_sandbox: Sandbox, vinr_client: Vinr) -> None:
    members = [
        vinr_client.loyalty.accounts.create(program="prog_default", customer=f"cust_{number}")
        for number in range(2)
    ]
    vinr_sandbox.simulate.payment_completed(customer="cust_0", amount="5.00", payment="pay_1")
    vinr_client.loyalty.accounts.merge(source=members[0].id, target=members[1].id)
    told: set[str] = set()
    for event in vinr_client.events.list():
        match event:
            case events.AccountCreated() | events.AccountMerged():
                account: Account = event.account
                told.add(f"{event.type} {account.status}")
            case events.PointsEarned(transaction=entry):
                transaction: Transaction = entry
                told.add(f"{event.type} {transaction.amount}")
            case events.LoyaltyAccountCreated() | events.LoyaltyAccountUpdated():
                member: LoyaltyAccount = event.account
                told.add(f"{event.type} {member.programme_id}")
            case events.PointsTransactionCreated(transaction=credit):
                of_the_reference: PointsTransaction = credit
                told.add(f"{event.type} {of_the_reference.type}")
            case _:
                pytest.fail(event.type)
    assert told == {
        "loyalty.account.created active",
        "loyalty.account.merged active",
        "loyalty.points.earned 5",
        "loyalty_account.created prog_default",
        "loyalty_account.updated prog_default",
        "points_transaction.created credit",
    }


def test_the_events_of_a_customer_have_the_customer(vinr_client: Vinr) -> None:
    customer = vinr_client.customers.create(email="ann@example.test")
    vinr_client.customers.update(customer.id, name="Ann")
    told: list[tuple[str, str | None]] = []
    for event in vinr_client.events.list():
        match event:
            case events.CustomerCreated() | events.CustomerUpdated():
                told.append((event.customer.id, event.customer.name))
            case _:
                pytest.fail(event.type)
    assert told == [(customer.id, "Ann"), (customer.id, None)]


@pytest.mark.parametrize("type", sorted(type for type in CLASSES if "account" in type))
def test_an_object_that_cannot_be_read(type: str) -> None:
    event = Event.model_validate(wire(type, id="x"))
    with pytest.raises(VinrError, match="evt_1"):
        _ = event.account


@pytest.mark.parametrize("type", ["loyalty.points.earned", "points_transaction.created"])
def test_an_entry_that_cannot_be_read(type: str) -> None:
    event = Event.model_validate(wire(type, id="x"))
    with pytest.raises(VinrError, match="evt_1"):
        _ = event.transaction


REFERENCE_MEMBER = {
    "id": "la_1", "customer": "cust_1", "points_balance": 5, "tier": None,
    "programme_id": "prog_default", "created": 1,
}  # fmt: skip
REFERENCE_ENTRY = {
    "id": "pt_1", "loyalty_account": "la_1", "amount": 5, "type": "credit", "points_after": 5,
    "reason": None, "created": 1,
}  # fmt: skip


def test_an_event_of_a_type_to_come_is_read_by_its_object() -> None:
    def event(type: str, object: dict[str, Any]) -> Event:
        return Event.model_validate({"id": "evt_1", "type": type, "data": {"object": object}})

    member = event("loyalty_account.frozen", REFERENCE_MEMBER)
    entry = event("points_transaction.held", REFERENCE_ENTRY)
    other = event("coupon.issued", {"id": "cpn_1"})

    assert isinstance(member.account, LoyaltyAccount)
    assert isinstance(entry.transaction, PointsTransaction)
    assert [each.member_id for each in (member, entry, other)] == ["la_1", "la_1", None]

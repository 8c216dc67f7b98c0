"""The event log of both dialects."""

import pytest

from tests.sandbox.service import Json, Service, accepted, reference_id, refused


def logged(service: Service) -> list[Json]:
    newest_first: list[Json] = accepted(service.get("/events", limit=100))["data"]
    return newest_first[::-1]


def test_an_enrolment_is_told_in_both_dialects(service: Service) -> None:
    account = service.enrol()
    first, second = logged(service)
    assert set(first) == {"id", "type", "data", "created"}
    assert first["id"].startswith("evt_")
    assert (first["type"], first["data"]) == ("loyalty.account.created", {"object": account})
    assert second["type"] == "loyalty_account.created"
    assert second["data"]["object"]["id"] == reference_id(account)
    assert isinstance(first["created"], int)


def test_events_stand_in_the_order_in_which_things_happened(service: Service) -> None:
    source, target = service.enrol("cust_1"), service.enrol("cust_2")
    simulate = service.sandbox.simulate
    simulate.payment_completed(customer="cust_1", amount=1000, payment="pay_1")
    simulate.redemption(account=source["id"], points=100)
    simulate.expiry(account=source["id"], points=1)
    simulate.payment_refunded(payment="pay_1", amount=1)
    service.adjust(source, 1)
    path = f"/loyalty/accounts/{source['id']}"
    accepted(service.post(path, {"metadata": {"a": "b"}}))
    accepted(service.post(f"{path}/close"))
    accepted(service.post(f"{path}/reopen"))
    body = {"source": source["id"], "target": target["id"]}
    accepted(service.post("/loyalty/accounts/merge", body))
    assert [event["type"] for event in logged(service)] == [
        *("loyalty.account.created", "loyalty_account.created") * 2,
        *("loyalty.points.earned", "points_transaction.created"),
        "loyalty_account.updated",  # 1000 points make a silver member
        *("loyalty.reward.redeemed", "points_transaction.created"),
        *("points_transaction.created",) * 3,
        *("loyalty_account.updated",) * 3,
        *("loyalty_account.updated",) * 2,
        "loyalty.account.merged",
    ]


def test_an_event_shows_its_object_as_it_was(service: Service) -> None:
    account = service.enrol()
    service.adjust(account, 5)
    service.adjust(account, 5)
    events = accepted(service.get("/events", type="points_transaction.created"))["data"]
    assert [event["data"]["object"]["points_after"] for event in events] == [10, 5]


def test_every_event_can_be_retrieved(service: Service) -> None:
    service.adjust(service.enrol(), 5)
    for event in logged(service):
        assert accepted(service.get(f"/events/{event['id']}")) == event
        assert service.sandbox.events.retrieve(event["id"]).wire() == event
    refused(service.get("/events/evt_none"), 404, "resource_missing", "id")


def test_the_log_in_python_is_the_same(service: Service) -> None:
    service.enrol()
    service.sandbox.clock.advance(hours=1)
    service.enrol()
    assert [event.wire() for event in service.sandbox.events.list()] == logged(service)
    [first, second] = service.sandbox.events.list(type="loyalty.account.created")
    assert (second.created - first.created).total_seconds() >= 3600


def test_what_is_refused_or_replayed_is_no_event(service: Service) -> None:
    account = service.enrol()
    entry = {"account": account["id"], "amount": 5}
    for _ in range(3):
        accepted(service.post("/loyalty/transactions", entry, key="k"))
        service.post("/loyalty/transactions", {**entry, "amount": -99})
    types = [event["type"] for event in logged(service)]
    assert types.count("points_transaction.created") == 1


def test_a_list_of_events_is_in_the_references_envelope(service: Service) -> None:
    for _ in range(6):
        service.enrol()
    page = accepted(service.get("/events"))
    assert set(page) == {"object", "data", "has_more"}
    assert (len(page["data"]), page["has_more"]) == (10, True)


def test_events_by_when_they_happened(service: Service) -> None:
    service.enrol()
    service.sandbox.clock.advance(hours=1)
    service.enrol()
    service.sandbox.clock.advance(hours=1)
    service.enrol()
    [_, _, middle, last_of_middle, *_] = logged(service)
    at = middle["created"]

    def found(**filters: int | str) -> list[Json]:
        page = accepted(service.get("/events", **filters))
        events: list[Json] = page["data"]
        return events

    assert len(found(**{"created[gte]": at})) == 4
    assert len(found(**{"created[gte]": at + 1})) == 2
    assert len(found(**{"created[lt]": at})) == 2
    assert found(**{"created[gte]": at, "created[lt]": at + 1}) == [last_of_middle, middle]
    created = {"type": middle["type"], "created[gte]": at, "created[lt]": at + 1}
    assert found(**created) == [middle]
    # a page behind a cursor keeps to the range
    assert found(**{"created[gte]": at, "starting_after": last_of_middle["id"]}) == [middle]


@pytest.mark.parametrize(
    ("query", "code", "param"),
    [
        ("created[gte]=", "parameter_invalid", "created[gte]"),
        ("created[gte]=2026-01-01", "parameter_invalid", "created[gte]"),
        ("created[lt]=1.5", "parameter_invalid", "created[lt]"),
        (f"created[lt]={10**19}", "parameter_invalid", "created[lt]"),
        ("created[gt]=1", "parameter_unknown", "created[gt]"),
        ("created=1", "parameter_invalid", "created"),
        ("created.gte=1", "parameter_unknown", "created.gte"),
    ],
)
def test_a_range_that_is_none(service: Service, query: str, code: str, param: str) -> None:
    refused(service.raw("GET", f"/events?{query}"), 400, code, param)

"""Idempotency keys: one effect, the first answer replayed, other content refused."""

import pytest

from tests.sandbox.service import FORM, Service, accepted, refused

ACCOUNTS = "/loyalty/accounts"
TRANSACTIONS = "/loyalty/transactions"


def test_the_same_request_is_replayed_and_has_one_effect(service: Service) -> None:
    account = service.enrol()
    body = {"account": account["id"], "amount": 500, "metadata": {"a": "1", "b": "2"}}
    first = service.post(TRANSACTIONS, body, key="ticket-4821")
    assert "idempotent-replayed" not in first.headers
    written_otherwise = {"metadata": {"b": "2", "a": "1"}, "amount": 500, "account": account["id"]}
    second = service.post(TRANSACTIONS, written_otherwise, key="ticket-4821")
    assert second.headers["idempotent-replayed"] == "true"
    assert (second.status_code, second.content) == (first.status_code, first.content)
    assert second.headers["x-vinr-request-id"] != first.headers["x-vinr-request-id"]
    assert service.account(account)["balance"] == 500


def test_the_same_key_with_other_content_is_a_conflict(service: Service) -> None:
    account = service.enrol()
    body = {"account": account["id"], "amount": 500}
    accepted(service.post(TRANSACTIONS, body, key="k"))
    for other in ({**body, "amount": 501}, {**body, "reason": "x"}, {**body, "amount": "500"}):
        refused(service.post(TRANSACTIONS, other, key="k"), 409, "idempotency_conflict")
    assert service.account(account)["balance"] == 500
    replay = service.post(TRANSACTIONS, body, key="k")
    assert replay.headers["idempotent-replayed"] == "true"


def test_an_id_in_the_path_is_part_of_the_content(service: Service) -> None:
    first, second = service.enrol(), service.enrol()
    accepted(service.post(f"{ACCOUNTS}/{first['id']}/close", key="k"))
    response = service.post(f"{ACCOUNTS}/{second['id']}/close", key="k")
    refused(response, 409, "idempotency_conflict")
    assert service.account(second)["status"] == "active"


def test_keys_belong_to_an_api_key_and_an_endpoint(service: Service) -> None:
    account = service.enrol()
    body = {"account": account["id"], "amount": 5}
    accepted(service.post(TRANSACTIONS, body, key="k"))
    accepted(service.post(TRANSACTIONS, body, key="k", **{"x-api-key": "rk_test_other"}))
    accepted(service.post(ACCOUNTS, {"program": "prog_default"}, key="k"))
    pairs = [("loyalty_account", account["id"]), ("amount", "5"), ("type", "credit")]
    accepted(service.form("/points-transactions", *pairs, key="k"))
    assert service.account(account)["balance"] == 15


def test_refusals_are_kept_and_replayed(service: Service) -> None:
    account = service.enrol()
    debit = {"account": account["id"], "amount": -5}
    first = service.post(TRANSACTIONS, debit, key="k")
    refused(first, 422, "insufficient_points", "amount")
    service.adjust(account, 100)
    second = service.post(TRANSACTIONS, debit, key="k")
    assert (second.status_code, second.content) == (422, first.content)
    assert second.headers["idempotent-replayed"] == "true"
    assert service.account(account)["balance"] == 100


def test_a_kept_refusal_leaves_no_trace_of_what_led_to_it(service: Service) -> None:
    body = {"program": "prog_default", "customer": "cust_1", "expand": ["nonsense"]}
    response = service.post(ACCOUNTS, body, key="k")
    refused(response, 400, "parameter_invalid", "expand")
    assert accepted(service.get(ACCOUNTS))["data"] == []
    assert accepted(service.get("/events"))["data"] == []


def test_a_create_is_replayed_as_it_was(service: Service) -> None:
    body = {"program": "prog_default", "customer": "cust_1"}
    first = accepted(service.post(ACCOUNTS, body, key="k"))
    service.adjust(first, 100)
    assert accepted(service.post(ACCOUNTS, body, key="k")) == first


def test_form_bodies_are_compared_by_content_too(service: Service) -> None:
    first = service.raw("POST", "/loyalty-accounts", b"customer=c&metadata[k]=v", keyed("k"))
    same = service.raw("POST", "/loyalty-accounts", b"metadata%5Bk%5D=v&customer=%63", keyed("k"))
    assert same.content == first.content
    other = service.raw("POST", "/loyalty-accounts", b"customer=c", keyed("k"))
    refused(other, 409, "idempotency_conflict")


def keyed(key: str) -> dict[str, str]:
    return {**FORM, "idempotency-key": key}


def test_an_answer_is_kept_for_24_hours_on_the_sandboxes_clock(service: Service) -> None:
    account = service.enrol()
    body = {"account": account["id"], "amount": 5}
    first = accepted(service.post(TRANSACTIONS, body, key="k"))
    service.sandbox.clock.advance(hours=23, seconds=3500)
    assert accepted(service.post(TRANSACTIONS, body, key="k")) == first
    service.sandbox.clock.advance(seconds=200)
    later = service.post(TRANSACTIONS, {**body, "amount": 6}, key="k")
    assert accepted(later)["id"] != first["id"]
    assert service.account(account)["balance"] == 11


@pytest.mark.parametrize("key", ["", "k" * 256, "t\tab", "caf\xe9"])
def test_bad_keys_are_refused(service: Service, key: str) -> None:
    headers = [(b"idempotency-key", key.encode("latin-1"))]
    response = service.http.post(ACCOUNTS, json={"program": "prog_default"}, headers=headers)
    refused(response, 400, "idempotency_key_invalid", "Idempotency-Key")
    accepted(service.post(ACCOUNTS, {"program": "prog_default"}, key="k" * 255))

"""Customers in the reference's dialect: their life, and what remains of one who was deleted."""

import sqlite3
from contextlib import closing
from pathlib import Path

import httpx

from tests.sandbox.receiver import SECRET, receiving
from vinr.sandbox import Sandbox

KEY = {"x-api-key": "sk_test_customers"}
EMAIL = "ada@lovelace.test"


def http(sandbox: Sandbox) -> httpx.Client:
    return httpx.Client(transport=sandbox.transport(), base_url="http://sandbox/v1", headers=KEY)


def test_a_customer_is_created_found_changed_and_deleted() -> None:
    with Sandbox() as sandbox, http(sandbox) as client:
        created = client.post("/customers", data={"email": EMAIL, "metadata[a]": "1"}).json()
        path = f"/customers/{created['id']}"
        assert client.get("/customers", params={"email": EMAIL}).json()["data"] == [created]
        assert client.get("/customers", params={"email": "no@one.test"}).json()["data"] == []
        changed = client.post(path, data={"name": "Ada", "metadata[a]": ""}).json()
        assert changed == {**created, "name": "Ada", "metadata": {}}
        assert client.get(path).json() == changed
        assert client.delete(path).json() == {
            "id": created["id"],
            "object": "customer",
            "deleted": True,
        }
        assert client.get(path).status_code == 404
        assert client.delete(path).status_code == 404
        assert client.get("/customers").json()["data"] == []
        assert [event.type for event in sandbox.events.list()] == [
            "customer.created",
            "customer.updated",
            "customer.deleted",
        ]
        assert sandbox.check() == []


def test_metadata_never_grows_beyond_50_keys() -> None:
    with Sandbox() as sandbox, http(sandbox) as client:
        full = {f"metadata[key{number}]": "x" for number in range(50)}
        created = client.post("/customers", data={"email": EMAIL, **full}).json()
        path = f"/customers/{created['id']}"
        error = client.post(path, data={"metadata[one_more]": "x"}).json()["error"]
        assert (error["code"], error["param"]) == ("parameter_invalid", "metadata")
        assert client.get(path).json() == created


def test_an_endpoint_that_asks_for_it_hears_of_a_deletion() -> None:
    with receiving() as receiver, Sandbox() as sandbox, http(sandbox) as client:
        sandbox.webhooks.add(receiver.url, secret=SECRET, events=["customer.deleted"])
        customer = client.post("/customers", data={"email": EMAIL}).json()["id"]
        client.delete(f"/customers/{customer}")
        sandbox.webhooks.deliver()
        assert [event.type for event in receiver.events] == ["customer.deleted"]


def test_what_was_still_to_be_delivered_is_erased_too() -> None:
    with receiving() as receiver, Sandbox() as sandbox, http(sandbox) as client:
        receiver.statuses = [500]
        sandbox.webhooks.add(receiver.url, secret=SECRET, events=["customer.created"])
        customer = client.post("/customers", data={"email": EMAIL}).json()["id"]
        sandbox.webhooks.deliver()
        client.delete(f"/customers/{customer}")
        sandbox.clock.advance(minutes=1)
        sandbox.webhooks.deliver()
        sent = [event.data.object for event in receiver.events]
        assert EMAIL in repr(sent[0])
        assert EMAIL not in repr(sent[1])


def test_unknown_parameters_are_refused() -> None:
    with Sandbox() as sandbox, http(sandbox) as client:
        refused = client.post("/customers", data={"mail": EMAIL})
        assert refused.json()["error"]["code"] == "parameter_unknown"


def test_a_deleted_customer_leaves_the_ledger_but_no_address(tmp_path: Path) -> None:
    file = tmp_path / "ledger.sqlite"
    with Sandbox(file) as sandbox, http(sandbox) as client:
        once = {"idempotency-key": "create-ada"}
        customer = client.post("/customers", data={"email": EMAIL}, headers=once).json()["id"]
        enrolment = {"customer": customer, "expand[]": "customer"}
        enrolled_once = {"idempotency-key": "enrol-ada"}
        account = client.post("/loyalty-accounts", data=enrolment, headers=enrolled_once).json()
        assert account["customer"]["email"] == EMAIL
        tier = {"name": customer, "min_points": "9", "benefits[]": "tea"}
        named_after_her = {"idempotency-key": "tier-ada"}
        made = client.post("/tiers", data=tier, headers=named_after_her)
        credit = {"loyalty_account": account["id"], "amount": "70", "type": "credit"}
        client.post("/points-transactions", data=credit)

        client.delete(f"/customers/{customer}")

        kept = client.get(f"/loyalty-accounts/{account['id']}").json()
        assert (kept["customer"], kept["points_balance"]) == (None, 70)
        replayed = client.post("/customers", data={"email": EMAIL}, headers=once)
        assert replayed.headers["idempotent-replayed"] == "true"
        assert replayed.json()["email"] is None
        replayed = client.post("/loyalty-accounts", data=enrolment, headers=enrolled_once)
        assert replayed.json()["customer"]["email"] is None
        replayed = client.post("/tiers", data=tier, headers=named_after_her)
        assert replayed.json() == made.json()
        assert sandbox.check() == []
    with closing(sqlite3.connect(file)) as db:
        assert EMAIL not in "\n".join(db.iterdump())
        bodies = [body for [body] in db.execute("SELECT body FROM idempotency")]
    assert bodies
    assert not any(EMAIL.encode() in body for body in bodies)

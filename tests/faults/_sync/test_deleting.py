# Generated from tests/faults/_async/test_deleting.py; do not edit.
"""DELETE on both engines, between other requests on the same connection, and with a lost answer."""

from __future__ import annotations

from tests.faults.faults import body
from tests.faults.server import Fault, Server, Wire
from tests.faults.service import MEMBER, Answer, Request
from vinr import Vinr


def deletes(wire: Wire, request: Request) -> None:
    wire.answer(Answer(200, {"id": request.path.rpartition("/")[2], "deleted": True}))


def ends_without_an_answer(wire: Wire, _request: Request) -> None:
    wire.fin()


def test_between_other_requests(server: Server, client: Vinr) -> None:
    sound = body("sound", lambda sound: sound)
    lost = Fault("lost", ends_without_an_answer)
    server.plan(sound, lost, Fault("deleted", deletes), sound, sound)

    client.loyalty.transactions.create(account=MEMBER, amount=5)
    gone = client.customers.delete("cust_1", idempotency_key="mine")
    client.loyalty.transactions.create(account=MEMBER, amount=5)
    client.loyalty.accounts.retrieve(MEMBER)

    assert (gone.id, gone.deleted, gone.last_response.attempts) == ("cust_1", True, 2)
    methods = ["POST", "DELETE", "DELETE", "POST", "GET"]
    assert [request.method for request in server.requests] == methods
    assert [request.path for request in server.requests[1:3]] == ["/v1/customers/cust_1"] * 2
    assert [request.key for request in server.requests[1:3]] == ["mine", "mine"]
    assert [request.body for request in server.requests[1:3]] == [b"", b""]
    assert (server.requests[3].key or "mine") != "mine"
    assert server.requests[4].key is None
    assert len(server.service.entries) == 2

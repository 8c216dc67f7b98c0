# Generated from tests/_async/test_get_or_create.py; do not edit.
"""One customer, one active account: looked up, created or recovered, and never a race lost."""

from __future__ import annotations

import httpx
import pytest

from tests.together import together
from vinr import InvalidRequestError, Vinr
from vinr.sandbox import Sandbox

PROGRAM = "prog_default"


def test_creates_once_and_finds_it_again(client: Vinr) -> None:
    accounts = client.loyalty.accounts

    first, created = accounts.get_or_create(
        program=PROGRAM, customer="cust_1", metadata={"first": "yes"}
    )
    second, created_again = accounts.get_or_create(
        program=PROGRAM, customer="cust_1", metadata={"first": "no"}
    )

    assert (created, created_again) == (True, False)
    assert first == second
    assert second.last_response.attempts == 1


def test_never_hands_back_a_closed_account(client: Vinr) -> None:
    accounts = client.loyalty.accounts
    old, _ = accounts.get_or_create(program=PROGRAM, customer="cust_1")
    accounts.close(old.id)

    new, created = accounts.get_or_create(program=PROGRAM, customer="cust_1")

    assert created
    assert (new.status, new.id == old.id) == ("active", False)


def test_never_hands_back_a_merged_account(client: Vinr) -> None:
    accounts = client.loyalty.accounts
    target = accounts.create(program=PROGRAM)
    old, _ = accounts.get_or_create(program=PROGRAM, customer="cust_1")
    accounts.merge(source=old.id, target=target.id)

    new, created = accounts.get_or_create(program=PROGRAM, customer="cust_1")

    assert created
    assert new.id not in (old.id, target.id)


def test_of_fifty_at_once_one_creates(client: Vinr) -> None:
    results = together(
        50, lambda: client.loyalty.accounts.get_or_create(program=PROGRAM, customer="cust_1")
    )

    assert len({member.id for member, _ in results}) == 1
    assert {member.status for member, _ in results} == {"active"}
    assert sum(created for _, created in results) == 1


ACTIVE: dict[str, object] = {
    "id": "loy_Held1",
    "program": PROGRAM,
    "customer": "cust_1",
    "status": "active",
    "balance": 0,
    "lifetime_points": 0,
    "tier": None,
    "metadata": {},
}
EMPTY: dict[str, object] = {
    "object": "list",
    "data": [],
    "page": {"has_more": False, "next_cursor": None},
}
CONFLICT: dict[str, object] = {
    "type": "conflict_error",
    "code": "account_already_exists",
    "message": "There is one.",
}


class Service:
    """A service that sees no account when listed at first, and refuses to create one."""

    def __init__(self, error: dict[str, object], *accounts: dict[str, object]) -> None:
        self.error = error
        self.accounts = {account["id"]: account for account in accounts}
        self.requests: list[httpx.Request] = []
        self.lists = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if request.method == "POST":
            return httpx.Response(409, json={"error": self.error})
        if request.url.path.endswith("/accounts"):
            self.lists += 1
            found = list(self.accounts.values()) if self.lists > 1 else []
            return httpx.Response(200, json={**EMPTY, "data": found})
        account = self.accounts.get(request.url.path.rpartition("/")[2])
        return httpx.Response(200 if account else 404, json=account or {"error": {}})

    def client(self) -> Vinr:
        transport = httpx.MockTransport(self)
        return Vinr(secret_key="sk_test_1", http_client=httpx.Client(transport=transport))


@pytest.mark.parametrize(
    "place",
    [
        {"resource": "loy_Held1"},
        {"resource": {"id": "loy_Held1", "object": "loyalty.account"}},
        {"message": "The customer has the active account loy_Held1."},
        {"details": [{"existing": {"account": "loy_Held1"}}]},
    ],
    ids=["resource", "resource object", "message", "nested"],
)
def test_recovers_by_the_id_wherever_it_stands(place: dict[str, object]) -> None:
    service = Service({**CONFLICT, **place}, ACTIVE)

    with service.client() as client:
        member, created = client.loyalty.accounts.get_or_create(program=PROGRAM, customer="cust_1")

    assert (member.id, created) == ("loy_Held1", False)
    read = service.requests[-1]
    assert (read.method, read.url.path) == ("GET", "/v1/loyalty/accounts/loy_Held1")
    assert (read.content, "idempotency-key" in read.headers) == (b"", False)
    assert service.lists == 1


@pytest.mark.parametrize(
    "resource",
    [None, "../../admin", "loy_Gone", "loy_Other", "loy_Closed"],
)
def test_recovers_by_a_list_where_the_id_does_not_help(resource: str | None) -> None:
    service = Service(
        {**CONFLICT, "resource": resource},
        {**ACTIVE, "id": "loy_Closed", "status": "closed"},
        {**ACTIVE, "id": "loy_Other", "customer": "cust_2"},
        ACTIVE,
    )

    with service.client() as client:
        member, created = client.loyalty.accounts.get_or_create(program=PROGRAM, customer="cust_1")

    assert (member.id, created) == ("loy_Held1", False)
    assert service.lists == 2
    assert all("admin" not in str(request.url) for request in service.requests)


def test_a_holder_that_vanishes_makes_room(sandbox: Sandbox) -> None:
    """The account that stood in the way is closed before it can be read."""
    inside = sandbox.client()
    through = httpx.Client(transport=sandbox.transport())
    holder: list[str] = []

    def closing_between(request: httpx.Request) -> httpx.Response:
        vanishes = request.method == "POST" and not holder
        if vanishes:
            new = inside.loyalty.accounts.create(program=PROGRAM, customer="cust_1")
            holder.append(new.id)
        answer = through.request(
            request.method, request.url, headers=request.headers, content=request.content
        )
        if vanishes:
            inside.loyalty.accounts.close(holder[0])
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)

    http_client = httpx.Client(transport=httpx.MockTransport(closing_between))
    with Vinr(secret_key="sk_test_1", http_client=http_client) as client:
        member, created = client.loyalty.accounts.get_or_create(
            program=PROGRAM, customer="cust_1", idempotency_key="enrol-1"
        )

    assert created
    assert member.status == "active"
    assert member.id != holder[0]


@pytest.mark.parametrize("customer", [None, "", "a/b"])
def test_a_customer_is_needed(client: Vinr, customer: str) -> None:
    with pytest.raises(InvalidRequestError):
        client.loyalty.accounts.get_or_create(program=PROGRAM, customer=customer)

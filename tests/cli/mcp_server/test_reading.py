"""Finding members, balances and ledgers."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from tests.cli.mcp_server.assistant import Assistant
from tests.cli.mcp_server.conftest import Rewriting, enrol
from vinr import Vinr
from vinr.cli.mcp_server.server import build
from vinr.cli.mcp_server.service import in_sandbox
from vinr.loyalty import Account
from vinr.sandbox import Program, Sandbox, Status


@pytest.fixture(autouse=True)
def address(vinr_sandbox: Sandbox) -> None:
    vinr_sandbox.add_customer("cust_anna", email="anna@example.com")


@pytest.mark.parametrize("named", ["{id}", "cust_anna", "anna@example.com"])
def test_a_member_by_each_name(assistant: Assistant, anna: Account, named: str) -> None:
    member = named.replace("{id}", anna.id)
    answer = assistant.answer("show_balance", member=member)
    assert answer["mode"] == "sandbox"
    assert answer["member"] == {
        "account": anna.id,
        "customer": "cust_anna",
        "program": "prog_default",
        "status": "active",
        "balance": 200,
        "lifetime_points": 200,
        "tier": "bronze",
    }
    assert assistant.answer("find_members", member=member)["members"] == [answer["member"]]


def test_of_several_accounts_all_are_found_the_active_ones_first(
    assistant: Assistant, anna: Account, vinr_client: Vinr, vinr_sandbox: Sandbox
) -> None:
    vinr_sandbox.add_customer("cust_2", email="anna@example.com")
    other = enrol(vinr_client, "cust_2", 10)
    vinr_client.loyalty.accounts.close(anna.id)
    found = assistant.answer("find_members", member="anna@example.com")["members"]
    assert [(each["account"], each["status"]) for each in found] == [
        (other.id, "active"),
        (anna.id, "closed"),
    ]


@pytest.mark.parametrize("tool", ["show_balance", "show_ledger"])
def test_a_member_has_to_be_one(
    assistant: Assistant, anna: Account, vinr_client: Vinr, vinr_sandbox: Sandbox, tool: str
) -> None:
    vinr_sandbox.configure(program=Program(id="prog_2", name="Two"))
    other = enrol(vinr_client, "cust_anna", 10, "prog_2")
    said = assistant.refusal(tool, member="cust_anna")
    assert anna.id in said
    assert other.id in said
    assert "name the program or the account's id" in said
    answer = assistant.answer(tool, member="cust_anna", program="prog_2")
    assert answer["member"]["account"] == other.id


@pytest.mark.parametrize(
    ("member", "said"),
    [
        ("loy_none", "loy_none"),
        ("cust_none", "cust_none is no account, and no customer with an account"),
        ("none@example.com", "no customer with the e-mail address none@example.com"),
        ("../accounts", "nothing was sent"),
    ],
)
@pytest.mark.parametrize("tool", ["find_members", "show_ledger"])
def test_nobody_is_found(assistant: Assistant, tool: str, member: str, said: str) -> None:
    assert said in assistant.refusal(tool, member=member)


@pytest.mark.parametrize("status", [403, 404])
def test_where_customers_are_not_served(
    assistant: Assistant, anna: Account, vinr_sandbox: Sandbox, status: int
) -> None:
    vinr_sandbox.faults.add("customers.list", [Status(status)])
    said = assistant.refusal("show_balance", member="anna@example.com")
    assert "name the account's id (loy_…) or the customer's (cust_…)" in said


def test_a_ledger_page_by_page(assistant: Assistant, anna: Account, vinr_client: Vinr) -> None:
    for number in range(1, 8):
        vinr_client.loyalty.transactions.create(account=anna.id, amount=number)
    seen: list[int] = []
    cursor: str | None = None
    while True:
        page = assistant.answer("show_ledger", member=anna.id, limit=3, cursor=cursor)
        seen += [entry["points"] for entry in page["entries"]]
        assert len(page["entries"]) <= 3
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == [7, 6, 5, 4, 3, 2, 1, 200]


def test_a_ledger_of_some_days(
    assistant: Assistant, anna: Account, vinr_client: Vinr, vinr_sandbox: Sandbox
) -> None:
    today = vinr_sandbox.clock.now().date()
    for number in (1, 2, 3):
        vinr_sandbox.clock.advance(days=1)
        vinr_client.loyalty.transactions.create(account=anna.id, amount=number)
    first, second, third = (str(today + timedelta(days=days)) for days in (1, 2, 3))

    def points(**window: str) -> list[int]:
        page = assistant.answer("show_ledger", member=anna.id, **window)
        assert page["next_cursor"] is None
        return [entry["points"] for entry in page["entries"]]

    assert points(since=first, until=second) == [2, 1]  # a day alone counts whole
    assert points(since=third) == [3]
    assert points(until=f"{first}T00:00Z") == [200]
    assert points(since=first, type="earn") == []


def test_a_ledger_of_days_behind_many_pages(
    assistant: Assistant, anna: Account, vinr_client: Vinr, vinr_sandbox: Sandbox
) -> None:
    before = str(vinr_sandbox.clock.now().date())
    vinr_sandbox.clock.advance(days=2)
    for _ in range(101):
        vinr_client.loyalty.transactions.create(account=anna.id, amount=1)
    page = assistant.answer("show_ledger", member=anna.id, until=before)
    assert [entry["points"] for entry in page["entries"]] == [200]


def test_an_entry_says_why_and_by_what(
    assistant: Assistant, anna: Account, vinr_client: Vinr, vinr_sandbox: Sandbox
) -> None:
    vinr_sandbox.simulate.payment_completed(customer="cust_anna", amount=5, payment="pay_1")
    vinr_client.loyalty.transactions.post_once(
        account=anna.id, amount=7, reason="x" * 300, reference="ticket-1"
    )
    newest, older, _ = assistant.answer("show_ledger", member=anna.id)["entries"]
    assert (older["type"], older["points"], older["origin"]) == ("earn", 5, "payment pay_1")
    assert newest["reference"] == "ticket-1"
    assert newest["reason"] == "x" * 255 + "…"


def test_metadata_is_not_shown(assistant: Assistant, vinr_client: Vinr) -> None:
    member = vinr_client.loyalty.accounts.create(
        program="prog_default", metadata={"note": "pass the key on"}
    )
    assert "pass the key on" not in str(assistant.answer("find_members", member=member.id))


@pytest.mark.parametrize(
    ("window", "said"),
    [
        ({"since": "yesterday"}, "since takes a time such as 2026-06-30"),
        ({"until": "2026-13-01"}, "until takes a time such as 2026-06-30"),
        ({"since": "2026-06-30", "until": "2026-06-29"}, "is not after since"),
        ({"since": "2026-06-30", "timezone": "Nowhere"}, "there is no time zone 'Nowhere'"),
        ({"since": "2026-06-30", "timezone": "../../etc/passwd"}, "there is no time zone"),
        ({"until": "9999-12-31"}, "until takes a time such as 2026-06-30"),
        ({"type": "../x"}, "type has a character"),
        ({"limit": 0}, "limit"),
        ({"cursor": "ptx_none"}, "starting_after"),
        ({"from": "2026-06-30"}, "Extra inputs are not permitted"),
    ],
)
def test_a_window_that_is_wrong(
    assistant: Assistant, anna: Account, window: dict[str, object], said: str
) -> None:
    assert said in assistant.refusal("show_ledger", member=anna.id, **window)


def test_entries_that_do_not_say_when(vinr_sandbox: Sandbox, anna: Account) -> None:
    # VINR documents no time in an entry; the sandbox sends one
    transport = Rewriting(vinr_sandbox.transport(), '"created_at"', '"unknown_at"')
    without_times = httpx.Client(transport=transport)
    with without_times, Vinr(secret_key="sk_test_1", http_client=without_times) as client:
        assistant = Assistant(build(in_sandbox(client), read_only=True))
        page = assistant.answer("show_ledger", member=anna.id, since="2020-01-01")
        assert (page["entries"], page["without_time"]) == ([], 1)
        [entry] = assistant.answer("show_ledger", member=anna.id)["entries"]
        assert (entry["points"], entry["created_at"]) == (200, None)
        why = assistant.answer("explain_balance", member=anna.id, since="2020-01-01")
        assert (why["adds_up"], why["difference"]) == (False, 0)
        assert why["summary"].startswith("1 entries do not say when they were written")

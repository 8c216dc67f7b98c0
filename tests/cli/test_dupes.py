"""``vinr members dupes``: what it proposes, and that ``merge --plan`` takes it."""

from __future__ import annotations

import sys
from pathlib import Path

import httpx
import pytest
import respx

from tests.cli.conftest import Run
from tests.cli.parsing import read
from vinr import Vinr
from vinr.loyalty import Account
from vinr.sandbox import Program, Sandbox


def enrol(
    client: Vinr,
    customer: str | None,
    points: int = 0,
    program: str = "prog_default",
    **metadata: str,
) -> Account:
    account = client.loyalty.accounts.create(program=program, customer=customer, metadata=metadata)
    if points:
        client.loyalty.transactions.create(account=account.id, amount=points)
    return client.loyalty.accounts.retrieve(account.id)


@pytest.fixture
def same_person(service: Sandbox, vinr_client: Vinr) -> tuple[Account, Account, Account]:
    """Two customers with one e-mail address, and a third one with another."""
    service.add_customer("cust_1", email="Ada.Lovelace@example.com")
    service.add_customer("cust_2", email="ada.lovelace@EXAMPLE.com ".strip())
    service.add_customer("cust_3", email="grace@example.com")
    fewer, more = enrol(vinr_client, "cust_1", 10), enrol(vinr_client, "cust_2", 700)
    return fewer, more, enrol(vinr_client, "cust_3", 3)


@pytest.mark.parametrize("format", ["json", "jsonl", "csv"])
def test_one_address_of_two_customers(
    run: Run, same_person: tuple[Account, Account, Account], format: str
) -> None:
    fewer, more, _ = same_person
    result = run("members", "dupes", "--by", "email", "--format", format)
    assert result.exit_code == 0
    [row] = read(result, format)
    assert (row["source"], row["target"]) == (fewer.id, more.id)
    assert row["reason"] == "same email: ada.lovelace@example.com"
    assert "Merges proposed: 1; accounts read: 3; nothing was merged." in result.stderr


def test_proposals_as_a_table(run: Run, same_person: tuple[Account, Account, Account]) -> None:
    result = run("members", "dupes", "--by", "email", "--format", "table")
    assert {same_person[0].id, same_person[1].id, "100", "700"} <= set(result.stdout.split())


@pytest.mark.parametrize("format", ["jsonl", "csv"])
def test_what_it_proposes_is_a_plan(
    run: Run, vinr_client: Vinr, same_person: tuple[Account, Account, Account], format: str
) -> None:
    fewer, more, _ = same_person
    proposed = run("members", "dupes", "--by", "email", "--format", format)
    Path("plan").write_text(proposed.stdout, "utf-8")
    assert run("members", "merge", "--plan", "plan", "--yes").exit_code == 0
    assert vinr_client.loyalty.accounts.retrieve(more.id).balance == 710
    assert vinr_client.loyalty.accounts.retrieve(fewer.id).status == "merged"
    assert run("members", "dupes", "--by", "email").stdout == ""


def test_nothing_is_proposed_across_programs_nor_for_closed_accounts(
    run: Run, service: Sandbox, vinr_client: Vinr
) -> None:
    service.configure(program=Program(id="prog_2", name="Another"))
    for number in (1, 2, 3):
        service.add_customer(f"cust_{number}", email="ada@example.com")
    enrol(vinr_client, "cust_1")
    enrol(vinr_client, "cust_2", program="prog_2")
    vinr_client.loyalty.accounts.close(enrol(vinr_client, "cust_3").id)
    assert run("members", "dupes", "--by", "email").stdout == ""


def test_points_in_a_closed_account_are_told(run: Run, service: Sandbox, vinr_client: Vinr) -> None:
    closed = vinr_client.loyalty.accounts.close(enrol(vinr_client, "cust_1", 1_500).id)
    enrol(vinr_client, "cust_1")
    result = run("members", "dupes")
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"{closed.id} is closed with 1,500 points, and cust_1 has an active" in result.stderr


def test_by_metadata_the_account_with_a_customer_stays(
    run: Run, service: Sandbox, vinr_client: Vinr
) -> None:
    anonymous = enrol(vinr_client, None, 900, phone="+44 1")
    known = enrol(vinr_client, "cust_1", 5, phone="+44 1")
    enrol(vinr_client, "cust_2", 5)
    [row] = read(run("members", "dupes", "--by", "metadata:phone"), "jsonl")
    assert (row["source"], row["target"]) == (anonymous.id, known.id)


def test_several_active_accounts_of_a_customer(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    # the sandbox keeps to one active account; data of a shop may be older than that rule
    accounts: list[dict[str, object]] = [
        {
            "id": f"loy_{number}",
            "program": "prog_1",
            "customer": "cust_1",
            "status": "active",
            "balance": 1,
            "lifetime_points": points,
            "tier": None,
            "metadata": {},
        }
        for number, points in ((3, 10), (2, 20), (1, 20))
    ]
    page: dict[str, object] = {
        "object": "list",
        "data": accounts,
        "page": {"has_more": False, "next_cursor": None},
    }
    monkeypatch.setenv("VINR_SECRET_KEY", "sk_test_1")
    with respx.mock() as mock:
        mock.get(host="sandbox.api.vinr.com").mock(return_value=httpx.Response(200, json=page))
        rows = read(run("members", "dupes"), "jsonl")
    assert [(row["source"], row["target"]) for row in rows] == [
        ("loy_3", "loy_1"),
        ("loy_2", "loy_1"),
    ]


def test_what_reads_alike_is_proposed_with_a_score(
    run: Run, service: Sandbox, vinr_client: Vinr
) -> None:
    for number, (email, name) in enumerate(
        [
            ("ada.lovelace@example.com", "Ada Lovelace"),
            ("a.lovelace@work.example", "Lovelace, Ada"),
            ("grace.hopper@example.com", "Grace Hopper"),
            ("alan.turing@example.com", "Alan Turing"),
        ]
    ):
        service.add_customer(f"cust_{number}", email=email)
        enrol(vinr_client, f"cust_{number}", number, name=name)
    [row] = read(run("members", "dupes", "--by", "similar", "--min-score", "80"), "jsonl")
    assert "ada lovelace" in row["reason"]
    assert 80 <= row["score"] < 100
    assert run("members", "dupes", "--by", "similar", "--min-score", "100").stdout == ""


def test_alike_in_a_chain_no_account_is_both_source_and_target(
    run: Run, service: Sandbox, vinr_client: Vinr
) -> None:
    for number in range(6):
        service.add_customer(f"cust_{number}", email=f"robert.robertson{number}@example.com")
        enrol(vinr_client, f"cust_{number}")
    rows = read(run("members", "dupes", "--by", "similar", "--min-score", "85"), "jsonl")
    sources = {row["source"] for row in rows}
    assert len(sources) == len(rows) >= 3
    assert not sources & {row["target"] for row in rows}


def test_without_the_extra(run: Run, service: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidfuzz", None)
    result = run("members", "dupes", "--by", "similar")
    assert result.exit_code == 2
    assert 'pip install "vinr[match]"' in result.stderr


def test_an_unknown_trait(run: Run, service: Sandbox) -> None:
    result = run("members", "dupes", "--by", "phone")
    assert result.exit_code == 2
    assert "metadata:NAME" in result.stderr

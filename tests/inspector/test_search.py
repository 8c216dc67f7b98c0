"""What the searches find: every address and every id that a page shows, in either dialect."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from tests.inspector.conftest import HOME, PAGES, Site
from tests.inspector.reading import cells, text_of
from vinr import NotFoundError, UnprocessableError
from vinr.sandbox import LoseReply, Sandbox


def found(site: Site, text: str) -> list[str]:
    """The customers of the members that a search finds."""
    customers = cells(site.page(HOME, q=text))[8:][1::8]
    return [customer.split(" with ")[0] for customer in customers]


def requests_found(site: Site, text: str) -> list[str]:
    """The numbers of the requests that a search finds, oldest first."""
    return cells(site.page(f"{PAGES}/requests", q=text))[7:][::7][::-1]


def test_members_are_found_by_every_address_that_is_shown(site: Site) -> None:
    site.sandbox.add_customer("grace", email="admiral@navy.test")
    for customer in ("ada", "grace", "a_b", "acb"):
        site.client.loyalty.accounts.create(program="prog_default", customer=customer)
    assert found(site, "ada@example.test") == ["ada"]
    assert found(site, "ADA@Example") == ["ada"]
    assert found(site, "admiral@navy.test") == ["grace"]
    assert found(site, "grace@example.test") == []
    assert found(site, "@example.test") == ["acb", "a_b", "ada"]
    assert found(site, "a_b@") == ["a_b"]


def test_members_are_found_by_their_ids_and_those_of_their_entries(site: Site) -> None:
    client = site.client
    ada, grace = (
        client.loyalty.accounts.create(program="prog_default", customer=name)
        for name in ("ada", "grace")
    )
    entry = client.loyalty.transactions.create(account=ada.id, amount=500)
    site.sandbox.simulate.payment_completed(customer="grace", amount=80, payment="pay_of_grace")
    assert entry.last_response is not None
    key = entry.id.removeprefix("ptx_")
    for text in (
        ada.id,
        "la_" + ada.id[4:],
        ada.id[:12],
        f"ptx_{key}",
        f"pt_{key}",
        f"pt_{key[:8]}",
    ):
        assert found(site, text) == ["ada"], text
    assert found(site, str(entry.last_response.request_id)) == ["ada"]
    assert found(site, "pay_of") == ["grace"]
    assert found(site, f"loy_{key}") == []
    assert found(site, f"ptx_{grace.id[4:]}") == []


@pytest.mark.parametrize("kind", ["customer", "address", "id", "entry"])
def test_what_is_known_of_a_merged_member_finds_the_survivor(site: Site, kind: str) -> None:
    accounts, transactions = site.client.loyalty.accounts, site.client.loyalty.transactions
    first, second, kept, _ = (
        accounts.create(program="prog_default", customer=name)
        for name in ("first", "second", "kept", "other")
    )
    entry = transactions.create(account=first.id, amount=500)
    accounts.merge(source=first.id, target=second.id)
    accounts.merge(source=second.id, target=kept.id)
    known = {"customer": "first", "address": "first@", "id": first.id, "entry": entry.id}[kind]
    everyone = ["kept", "second", "first"]
    assert found(site, known) == (["kept"] if kind == "entry" else everyone)
    assert "kept" in cells(site.page(HOME, q=known, status="active"))[9]


def test_requests_are_found_by_the_id_that_an_error_carries(site: Site) -> None:
    member = site.client.loyalty.accounts.create(program="prog_default")
    with pytest.raises(NotFoundError) as missing:
        site.client.loyalty.accounts.retrieve("loy_nobody")
    assert requests_found(site, str(missing.value.request_id)) == ["2"]
    assert "resource_missing" in site.page(f"{PAGES}/requests/{missing.value.request_id}")
    for number in ("3", "4"):  # the second answer is the first one, kept
        with pytest.raises(UnprocessableError) as refused:
            site.client.loyalty.transactions.create(
                account=member.id, amount=-1, idempotency_key="ticket-1"
            )
        assert number in requests_found(site, str(refused.value.request_id))


def test_requests_are_found_by_the_ids_in_them(site: Site) -> None:
    client = site.client
    ada = client.loyalty.accounts.create(program="prog_default", customer="ada")
    grace = client.loyalty.accounts.create(program="prog_default", customer="grace")
    entry = client.loyalty.transactions.create(
        account=ada.id, amount=409_417_231
    )  # which no made-up id has in it
    client.loyalty_accounts.retrieve("la_" + ada.id[4:])
    client.loyalty_accounts.list(customer="grace@x")
    assert requests_found(site, ada.id) == ["1", "3", "4"]
    assert requests_found(site, "la_" + ada.id[4:]) == ["1", "3", "4"]
    assert requests_found(site, grace.id) == ["2"]
    assert requests_found(site, "pt_" + entry.id[4:]) == ["3"]
    assert requests_found(site, "grace@x") == ["5"]
    assert requests_found(site, "409417231") == ["No request matches. Show all requests"]


def test_an_adjustment_leads_to_its_request(site: Site) -> None:
    member = site.client.loyalty.accounts.create(program="prog_default")
    site.sandbox.faults.add("transactions.create", LoseReply())
    site.client.loyalty.transactions.create(account=member.id, amount=5, idempotency_key="once")
    page = site.page(f"{PAGES}/members/{member.id}")
    assert f'href="{PAGES}/requests/2">req_' in page
    assert "LoseReply()" in site.page(f"{PAGES}/requests/2")
    for _ in range(500):
        site.client.loyalty.accounts.retrieve(member.id)
    page = site.page(f"{PAGES}/members/{member.id}")
    assert f"{PAGES}/requests/" not in page
    assert "manual req_" in text_of(page)


def test_an_adjustment_of_an_earlier_run_has_no_request(tmp_path: Path) -> None:
    def run() -> str:
        with Sandbox(tmp_path / "members.sqlite", seed=1) as sandbox, sandbox.client() as client:
            member, _ = client.loyalty.accounts.get_or_create(program="prog_default", customer="a")
            client.loyalty.transactions.create(account=member.id, amount=5)
            for _ in range(3):  # with a seed, requests get the ids that they had in the last run
                client.loyalty.accounts.retrieve(member.id)
            transport = sandbox.transport()
            with httpx.Client(transport=transport, base_url="http://localhost") as http:
                return http.get(f"{PAGES}/members/{member.id}").text

    assert re.findall(r">req_\w+</(a|span)>", run()) == ["a"]
    assert re.findall(r">req_\w+</(a|span)>", run()) == ["a", "span"]


def test_events_are_found_by_the_ids_in_them(site: Site) -> None:
    ada, grace = (
        site.client.loyalty.accounts.create(program="prog_default", customer=name)
        for name in ("ada", "grace")
    )
    entry = site.client.loyalty.transactions.create(account=ada.id, amount=500)
    about_ada = ["points_transaction.created", "loyalty_account.created", "loyalty.account.created"]
    for text in (ada.id, "la_" + ada.id[4:], '"ada"'):
        page = site.page(f"{PAGES}/events", q=text)
        types = cells(page)[5:][2::5]
        assert types == (about_ada[1:] if text == '"ada"' else about_ada)
        assert grace.id[4:] not in page
    for text in (entry.id, "pt_" + entry.id[4:]):
        assert "1–1 of 1 events" in site.page(f"{PAGES}/events", q=text)
    event = site.sandbox.events.list()[0]
    assert "1–1 of 1 events" in site.page(f"{PAGES}/events", q=event.id)
    assert "No event matches" in site.page(f"{PAGES}/events", q="nobody")


def test_nobody_matches_leads_to_the_other_searches(site: Site) -> None:
    page = site.page(HOME, q="req_&?")
    for name in ("requests", "events"):
        assert f'href="{PAGES}/{name}?q=req_%26%3F"' in page


def test_the_metadata_of_an_entry_is_shown(site: Site) -> None:
    member = site.client.loyalty.accounts.create(program="prog_default")
    site.client.loyalty.transactions.create(
        account=member.id,
        amount=5,
        reason="sorry",
        metadata={"ticket": "4821", "api_key": "abc123"},
    )
    page = text_of(site.page(f"{PAGES}/members/{member.id}"))
    assert "sorry ticket 4821 api_key …" in page

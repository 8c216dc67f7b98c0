"""What the pages show."""

import re

import pytest

from tests.inspector.conftest import HOME, PAGES, Site
from tests.sandbox.receiver import SECRET, receiving
from vinr.errors import VinrError
from vinr.sandbox import Program

HOSTILE = "<script>alert(1)</script>"
LONG = "long" * 60
EMOJI = "\N{BIRTHDAY CAKE}\N{ZERO WIDTH JOINER}\N{COMBINING ACUTE ACCENT}"


def cells(page: str) -> list[str]:
    """The text of every cell of the tables, without markup."""
    return [
        " ".join(re.sub(r"<[^>]+>", " ", cell).split())
        for cell in re.findall(r"<t[dh]\b[^>]*>(.*?)</t[dh]>", page, re.DOTALL)
    ]


@pytest.mark.parametrize("page", ["/requests", "/events", "/programs", "/controls"])
def test_an_empty_sandbox_has_all_pages(site: Site, page: str) -> None:
    assert "No members yet" in site.page()
    assert "<h1>" in site.page(PAGES + page)


def test_the_root_leads_to_the_members(site: Site) -> None:
    answer = site.http.get("/")
    assert (answer.status_code, answer.headers["location"]) == (308, HOME)


def test_members_are_searched_filtered_and_ordered(site: Site) -> None:
    accounts = site.client.loyalty.accounts
    ada, grace = (
        accounts.create(program="prog_default", customer=name) for name in ("ada", "grace")
    )
    site.sandbox.add_customer("grace", email="admiral@navy.test")
    site.client.loyalty.transactions.create(account=ada.id, amount=12_500)
    accounts.close(grace.id)
    for text in ("ada", ada.id, "la_" + ada.id[4:], ada.id[6:12]):
        found = site.page(q=text)
        assert ada.id in found
        assert grace.id not in found
    assert grace.id in site.page(q="admiral")
    assert "Nobody matches" in site.page(q="100%_\\")
    assert ada.id not in site.page(status="closed")
    assert site.page(order="balance").index(ada.id) < site.page(order="balance").index(grace.id)
    assert site.page().index(grace.id) < site.page().index(ada.id)
    assert "12,500" in cells(site.page(q="ada"))


def test_long_lists_have_pages(site: Site) -> None:
    ids = [site.client.loyalty.accounts.create(program="prog_default").id for _ in range(60)]
    seen = [id for number in (1, 2, 3) for id in ids[::-1] if id in site.page(page=number)]
    assert seen == ids[::-1]
    assert "26–50 of 60 members" in site.page(page=2)
    assert 'rel="prev"' not in site.page(page=1)
    assert 'rel="next"' not in site.page(page=3)
    for odd in ("0", "-1", "x", "99999999999999", "\N{ARABIC-INDIC DIGIT FIVE}"):
        assert site.http.get("/_sandbox/", params={"page": odd}).status_code == 200
    assert "Nobody matches" not in site.page(page="2", q="")


def test_a_ledger_shows_the_balance_after_each_entry(site: Site) -> None:
    member = site.client.loyalty.accounts.create(program="prog_default", customer="ada")
    for amount in (500, -120, 1000):
        site.client.loyalty.transactions.create(account=member.id, amount=amount, reason="why")
    page = site.page(f"{PAGES}/members/{member.id}")
    rows = [cells(page)[start : start + 7] for start in range(7, len(cells(page)), 7)]
    assert [(row[-2], row[-1]) for row in rows] == [
        ("+1,000", "1,380"),
        ("\N{MINUS SIGN}120", "380"),
        ("+500", "500"),
    ]
    assert page == page.replace("loy_nobody", "")
    assert site.page(f"{PAGES}/members/la_{member.id[4:]}")


def test_a_merged_ledger_runs_through_both_histories(site: Site) -> None:
    accounts, transactions = site.client.loyalty.accounts, site.client.loyalty.transactions
    kept, gone = (accounts.create(program="prog_default") for _ in range(2))
    for account in (kept, gone, kept):
        transactions.create(account=account.id, amount=100)
    accounts.merge(source=gone.id, target=kept.id)
    rows = cells(site.page(f"{PAGES}/members/{kept.id}"))
    assert rows[13::7] == ["300", "200", "100"]
    emptied = site.page(f"{PAGES}/members/{gone.id}")
    assert "Nothing was posted yet" in emptied
    assert f"{PAGES}/members/{kept.id}" in emptied


def text_of(page: str) -> str:
    """What is read, without markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_points_that_are_pending_or_expire(site: Site) -> None:
    site.sandbox.configure(
        program=Program(id="prog_slow", name="Slow", pending_days=14, expiry_months=1)
    )
    member = site.client.loyalty.accounts.create(program="prog_slow", customer="ada")
    path = f"{PAGES}/members/{member.id}"
    assert "To come" not in site.page(path)
    site.sandbox.simulate.payment_completed(customer="ada", program="prog_slow", amount=80)
    pending = text_of(site.page(path))
    assert "2026-01-15 00:00:00 +80 become spendable" in pending
    assert "Balance 0" in pending
    site.sandbox.clock.advance(days=14)
    site.client.loyalty.transactions.create(account=member.id, amount=-30)
    spendable = text_of(site.page(path))
    assert "2026-02-15 00:00:00 \N{MINUS SIGN}50 expire unless they are used" in spendable
    site.sandbox.clock.advance(days=60)
    page = site.page(path)
    assert "To come" not in page
    assert cells(page)[13::7] == ["0", "50", "80"]
    assert [cell for cell in cells(page) if cell.startswith("2026")] == [
        "2026-02-15 00:00:00",
        "2026-01-15 00:00:00",
        "2026-01-15 00:00:00",
    ]


def test_deliveries_are_shown_with_their_event(site: Site) -> None:
    with receiving() as receiver:
        receiver.statuses = [503]
        type = "loyalty.account.created"
        site.sandbox.webhooks.add(receiver.url, secret=SECRET, events=[type])
        site.client.loyalty.accounts.create(program="prog_default", customer="ada")
        site.sandbox.webhooks.deliver()
        site.sandbox.clock.advance(minutes=1)
        site.sandbox.webhooks.deliver()
    page = text_of(site.page(f"{PAGES}/events"))
    assert f"503 attempt 1, 2026-01-01 00:00:00 , {receiver.url}" in page
    assert f"200 attempt 2, 2026-01-01 00:01:00 , {receiver.url}" in page
    assert SECRET not in page
    assert "none" in page  # of the other dialect's event


def test_requests_show_what_was_asked_and_answered(site: Site) -> None:
    member = site.client.loyalty.accounts.create(program="prog_default", customer="ada")
    with pytest.raises(VinrError):
        site.client.loyalty.accounts.create(program="prog_default", customer="ada")
    with pytest.raises(VinrError):
        site.client.loyalty.accounts.retrieve("loy_nobody")
    page = site.page(f"{PAGES}/requests")
    assert page.index("resource_missing") < page.index("account_already_exists")
    assert "accounts.retrieve" in page
    refused = site.page(f"{PAGES}/requests", outcome="refused", q="409")
    assert "account_already_exists" in refused
    assert "resource_missing" not in refused
    one = site.page(f"{PAGES}/requests/1")
    assert "&#34;customer&#34;: &#34;ada&#34;" in one
    assert member.id in one


def test_requests_with_one_key_are_attempts_of_one_action(site: Site) -> None:
    member = site.client.loyalty.accounts.create(program="prog_default", customer="ada")
    for _ in range(3):
        site.client.loyalty.transactions.create(
            account=member.id, amount=500, idempotency_key="ticket-4821"
        )
    page = site.page(f"{PAGES}/requests", outcome="repeated")
    attempts = [cell for cell in cells(page) if " of " in cell]
    assert attempts == ["3 of 3 replayed", "2 of 3 replayed", "1 of 3"]
    assert "Attempts of this action" in site.page(f"{PAGES}/requests/2")
    assert "Attempts of this action" not in site.page(f"{PAGES}/requests/1")


def test_a_form_body_is_readable(site: Site) -> None:
    site.client.loyalty_accounts.create(customer="ada")
    assert "customer = ada" in site.page(f"{PAGES}/requests/1")


def test_events_lead_to_their_members(site: Site) -> None:
    member = site.client.loyalty.accounts.create(program="prog_default", customer="ada")
    site.sandbox.simulate.payment_completed(customer="ada", amount=80)
    page = site.page(f"{PAGES}/events", type="loyalty.points.earned")
    assert f"{PAGES}/members/{member.id}" in page
    assert "loyalty.account.created" not in cells(page)


def test_programs_show_tiers_and_rules(site: Site) -> None:
    page = site.page(f"{PAGES}/programs")
    assert "tier_silver" in page
    assert "5,000" in cells(page)


@pytest.mark.parametrize("text", [HOSTILE, LONG, EMOJI])
def test_hostile_text_is_shown_as_text(site: Site, text: str) -> None:
    member = site.client.loyalty.accounts.create(
        program="prog_default", metadata={text: text, "x": "\x00\x1b"}
    )
    site.client.loyalty.transactions.create(account=member.id, amount=1, reason=text)
    site.http.get(f"/v1/{text}", headers={"x-api-key": "sk_test_1", "user-agent": HOSTILE})
    for path in (f"/members/{member.id}", "/requests", "/requests/2", "/requests/3", "/events"):
        page = site.page(PAGES + path, q=text)
        assert HOSTILE not in page
        assert "<script" not in page
    assert (
        site.page(f"{PAGES}/members/{member.id}").count(
            text.replace("<", "&lt;").replace(">", "&gt;")
        )
        > 1
    )
    assert "<script" not in site.page(q=HOSTILE)

"""The forms: what they do, and what they say of what they cannot do."""

import re
from datetime import timedelta

import pytest

from tests.inspector.conftest import PAGES, Site


def test_the_clock_is_moved(site: Site) -> None:
    before = site.sandbox.clock.now()
    answer = site.post("/clock", days="1.5", hours="2", minutes="30")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGES}/controls?done=clock")
    moved = site.sandbox.clock.now() - before
    assert timedelta(0) <= moved - timedelta(days=1.5, hours=2, minutes=30) < timedelta(minutes=1)
    assert "The clock was moved" in site.page(answer.headers["location"])


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({}, "Say how far to move it."),
        ({"days": "0"}, "Say how far to move it."),
        ({"days": "-1"}, "A number from 0 to 36,500."),
        ({"hours": "<i>1</i>"}, "A number from 0 to 876,000."),
        ({"minutes": "nan"}, "A number from 0 to"),
        ({"minutes": "inf"}, "A number from 0 to"),
        ({"days": "1e400"}, "A number from 0 to"),
    ],
)
def test_the_clock_says_what_it_cannot_do(site: Site, form: dict[str, str], message: str) -> None:
    before = site.sandbox.clock.now()
    answer = site.post("/clock", **form)
    assert answer.status_code == 422
    assert message in answer.text
    assert "<i>" not in answer.text
    assert site.sandbox.clock.now() - before < timedelta(minutes=1)


def test_beyond_the_calendar(site: Site) -> None:
    moved = [site.post("/clock", days="36500").status_code for _ in range(81)]
    assert moved[0] == 303
    assert moved[-1] == 422


def test_the_ledger_is_checked(site: Site) -> None:
    assert "The ledger is sound" not in site.page(f"{PAGES}/controls")
    assert "The ledger is sound" in site.page(f"{PAGES}/controls", check=1)


def test_a_fault_is_planned_met_and_shown(site: Site) -> None:
    form = {"operation": "transactions.create", "kind": "status", "status": "503", "times": "2"}
    answer = site.post("/faults", **form, retry_after="0")
    assert answer.headers["location"] == f"{PAGES}/controls?done=fault"
    assert "Status(503, retry_after=0)" in site.page(f"{PAGES}/controls")
    member = site.client.loyalty.accounts.create(program="prog_default")
    site.client.loyalty.transactions.create(account=member.id, amount=5)
    assert site.client.loyalty.accounts.retrieve(member.id).balance == 5
    assert "None are planned" in site.page(f"{PAGES}/controls")
    met = site.page(f"{PAGES}/requests", outcome="fault")
    assert met.count("Status(503, retry_after=0)") == 2
    assert "2 of 3" in met


@pytest.mark.parametrize(
    ("kind", "shown", "as_answer"),
    [
        ("lose_reply", "LoseReply()", "200 lost"),
        ("reset", "Reset()", "no answer"),
        ("reset&after=1", "Reset(after=True)", "200 lost"),
        ("slow", "Slow(0.01)", "200"),
        ("truncate", "Truncate()", "200 lost"),
        ("garbage", "Garbage()", "no answer"),
    ],
)
def test_every_kind_of_fault(site: Site, kind: str, shown: str, as_answer: str) -> None:
    kind, _, after = kind.partition("&after=")
    site.post("/faults", operation="*", kind=kind, seconds="0.01", after=after)
    assert shown in site.page(f"{PAGES}/controls")
    site.client.loyalty.accounts.create(program="prog_default")
    page = site.page(f"{PAGES}/requests/1")
    assert shown in page
    assert re.search(rf">{as_answer}<", page)


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"kind": "status", "status": "200"}, "A number from 400 to 599."),
        ({"kind": "slow", "seconds": "3600"}, "A number from 0.001 to 60."),
        ({"kind": "reset", "times": "0"}, "A number from 1 to 1,000."),
    ],
)
def test_a_fault_that_cannot_be(site: Site, form: dict[str, str], message: str) -> None:
    answer = site.post("/faults", **form)
    assert answer.status_code == 422
    assert message in answer.text
    assert site.sandbox.faults.pending() == []

"""The forms: what they do, and what they say of what they cannot do."""

from collections.abc import Sequence
from datetime import timedelta
from threading import Lock

import pytest

from tests.inspector.conftest import PAGES, Site
from vinr.sandbox.api.messages import Request, Response
from vinr.sandbox.clock import Clock
from vinr.sandbox.ids import Ids
from vinr.sandbox.inspector.inspector import Inspector
from vinr.sandbox.inspector.page import State
from vinr.sandbox.inspector.seams import AskedFault, PendingFault
from vinr.sandbox.ledger.store import Store
from vinr.sandbox.ledger.work import Ledger
from vinr.sandbox.request_log import RequestLog


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


def test_without_fault_plans_the_form_says_so(site: Site) -> None:
    assert "takes no fault plans" in site.page(f"{PAGES}/controls")
    assert site.post("/faults", operation="accounts.create", kind="reset").status_code == 422


class Desk:
    """Fault plans that are only noted."""

    def __init__(self) -> None:
        self.plans: list[AskedFault] = []
        self._lock = Lock()

    def plan(self, asked: AskedFault) -> None:
        if asked.operation == "accounts.close":
            raise ValueError("<that> cannot fail")
        with self._lock:
            self.plans.append(asked)

    def pending(self) -> Sequence[PendingFault]:
        return [PendingFault(each.operation, f"<{each.kind}>", each.times) for each in self.plans]


def _sent(desk: Desk, form: str) -> tuple[int, str]:
    clock = Clock()
    ledger = Ledger(Store(), clock, Ids(), lambda _: None)
    inspector = Inspector(State(ledger, clock, RequestLog(), desk))
    headers = {"host": "localhost", "origin": "http://localhost"}
    answer = inspector.handle(Request("POST", f"{PAGES}/faults", "", headers, form.encode()))
    page = inspector.handle(Request("GET", f"{PAGES}/controls", "", headers))
    return answer.status, (answer.body or page.body).decode()


def test_a_fault_is_planned() -> None:
    desk = Desk()
    form = "operation=transactions.create&kind=status&status=503&retry_after=1&times=2"
    status, page = _sent(desk, form)
    assert status == 303
    assert desk.plans == [AskedFault("transactions.create", "status", 503, 1, 1, 2)]
    assert "&lt;status&gt;" in page


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ("kind=status&status=200", "A number from 400 to 599."),
        ("kind=slow&seconds=3600", "A number from 0 to 60."),
        ("kind=reset&times=0", "A number from 1 to 1,000."),
        ("operation=accounts.close", "&lt;that&gt; cannot fail"),
    ],
)
def test_a_fault_that_cannot_be(form: str, message: str) -> None:
    desk = Desk()
    status, page = _sent(desk, form)
    assert (status, desk.plans) == (422, [])
    assert message in page


def test_a_fault_is_shown_at_the_request_that_it_happened_to() -> None:
    clock, log = Clock(), RequestLog()
    ledger = Ledger(Store(), clock, Ids(), lambda _: None)
    inspector = Inspector(State(ledger, clock, log))
    log.add(Request("GET", "/v1/events"), Response(200, {}, b"{}"), 0, 0)
    log.add(Request("POST", "/v1/loyalty/accounts"), None, 0, 0, fault="LoseReply()")
    headers = {"host": "localhost"}
    for path, query in (("", "outcome=fault"), ("", "outcome=failed"), ("/2", "")):
        asked = Request("GET", f"{PAGES}/requests{path}", query, headers)
        page = inspector.handle(asked).body.decode()
        assert "LoseReply()" in page
        assert "no answer" in page
        assert "/v1/events" not in page

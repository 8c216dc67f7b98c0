"""A sandbox that is served, with something in it, and a headless Chromium that looks at it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Final, Literal

import httpx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from vinr.errors import VinrError
from vinr.sandbox import LoseReply, Program, Reset, Sandbox, Status, Tier

ARGUMENTS: Final = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES: Final = ("ada", "grace", "linus", "barbara", "edsger", "margaret", "ken", "radia")
HOSTILE: Final = "<img/src=x/onerror=alert(1)>"

Scheme = Literal["light", "dark"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ["VINR_CHROMIUM"], args=ARGUMENTS
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def origin() -> Iterator[str]:
    with Sandbox(seed=1) as sandbox, sandbox.serve() as base_url:
        fill(sandbox, base_url)
        yield base_url.removesuffix("/v1")


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> Scheme:
    scheme: Scheme = request.param
    return scheme


@pytest.fixture
def page(browser: Browser, origin: str, scheme: Scheme) -> Iterator[Page]:
    """A page of a new profile that fails for a request elsewhere or a fault on the console."""
    complaints: list[str] = []
    context = browser.new_context(
        base_url=origin,
        color_scheme=scheme,
        viewport={"width": 1280, "height": 900},
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.on("request", lambda request: complaints.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    # the browser also notes the status of a page that says no
    expected = (f"{origin}/_sandbox/", "Failed to load resource: the server responded")
    assert [each for each in complaints if not each.startswith(expected)] == []


def fill(sandbox: Sandbox, base_url: str) -> None:
    """A few members with a history, some of it refused, repeated, merged or hostile."""
    sandbox.configure(
        program=Program(
            id="prog_coffee",
            name="Coffee club",
            tiers=[
                Tier(id="tier_bean", name="Bean"),
                Tier(id="tier_roast", name="Roast", min_points=800),
            ],
            welcome_bonus=50,
            expiry_months=12,
            auto_enrollment=True,
        )
    )
    httpx.post(
        f"{base_url}/loyalty/accounts",
        json={"program": "prog_default", "customer": HOSTILE, "metadata": {HOSTILE: "x" * 400}},
        headers={"x-api-key": "sk_test_browser"},
    )
    with sandbox.client() as client:
        accounts, transactions = client.loyalty.accounts, client.loyalty.transactions
        for number, name in enumerate(NAMES * 4):
            sandbox.clock.advance(minutes=97)
            customer = f"cust_{name}_{number}"
            program = "prog_coffee" if number % 3 == 0 else "prog_default"
            sandbox.add_customer(customer, email=f"{name}.{number}@example.test")
            member = accounts.create(program=program, customer=customer)
            for payment in range(number % 5 + 1):
                amount = (number * 7919 + payment * 104_729) % 900 + 20
                sandbox.simulate.payment_completed(
                    customer=customer,
                    program=program,
                    amount=amount,
                    payment=f"pay_{number}{payment}",
                )
            sandbox.simulate.redemption(account=member.id, points=10 + number, reason="free_coffee")
        ada = accounts.create(
            program="prog_default", customer="cust_ada", metadata={"signup_channel": "web"}
        )
        sandbox.simulate.payment_completed(customer="cust_ada", amount="1249.90", payment="pay_1")
        sandbox.clock.advance(hours=20)
        sandbox.simulate.redemption(account=ada.id, points=400, reason="gift_card")
        sandbox.simulate.payment_refunded(payment="pay_1", amount="60")
        for _ in range(3):
            sandbox.clock.advance(seconds=14)
            transactions.create(
                account=ada.id, amount=500, reason="goodwill_credit", idempotency_key="ticket-4821"
            )
        sandbox.faults.add("transactions.create", LoseReply())
        transactions.create(
            account=ada.id,
            amount=250,
            reason="lost and found",
            metadata={"ticket": "4822", "agent": "kim"},
            idempotency_key="ticket-4822",
        )
        sandbox.faults.add("accounts.update", [Status(429, retry_after=1), Reset()], times=2)
        sandbox.clock.advance(hours=3)
        double = accounts.create(program="prog_default", customer="cust_ada_double")
        transactions.create(account=double.id, amount=120, reason="welcome_gift")
        accounts.merge(source=double.id, target=ada.id)
        for refused in (
            lambda: accounts.create(program="prog_default", customer="cust_ada"),
            lambda: accounts.retrieve("loy_nobody"),
            lambda: transactions.create(account=ada.id, amount=-99_999),
        ):
            with pytest.raises(VinrError):
                refused()

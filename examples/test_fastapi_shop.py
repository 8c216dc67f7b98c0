"""The test-suite of examples/fastapi_shop.py, by the fixtures that come with vinr. Run it with:

    pytest examples/test_fastapi_shop.py

Each test has a sandbox of its own in VINR's place.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from examples import shop_members
from examples.fastapi_shop import app, client_of
from vinr import AsyncVinr, Vinr, Webhook
from vinr.sandbox import LoseReply, Sandbox, Status


@pytest.fixture
def shop(vinr_async_client: AsyncVinr, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """The shop, with a sandbox in VINR's place."""
    monkeypatch.setenv("VINR_SECRET_KEY", "sk_test_shop")
    monkeypatch.setenv("VINR_WEBHOOK_SECRET", "whsec_shop")
    client = vinr_async_client.with_options(max_retries=1)
    app.dependency_overrides[client_of] = lambda: client
    with TestClient(app) as shop:
        yield shop
    app.dependency_overrides.clear()


def test_a_customer_is_enrolled_once(shop: TestClient, vinr_client: Vinr) -> None:
    """At the first visit."""
    members = [shop.get("/members/cust_1").json() for _ in range(2)]
    [account] = vinr_client.loyalty.accounts.list(customer="cust_1")
    assert members == [{"id": account.id, "balance": 0, "tier": account.tier}] * 2


def test_a_purchase_counts_once(shop: TestClient, vinr_sandbox: Sandbox) -> None:
    """Though the answer is lost and the browser sends it again."""
    vinr_sandbox.faults.add("transactions.create", LoseReply())
    for _ in range(2):
        answer = shop.post("/members/cust_1/purchases", json={"order": "o-1", "amount": 80})
        assert answer.json()["balance"] == 80


def test_an_outage_is_told(shop: TestClient, vinr_sandbox: Sandbox) -> None:
    """As 503, not as an error of the shop's own."""
    vinr_sandbox.faults.add("accounts.list", [Status(500), Status(500)])
    answer = shop.get("/members/cust_1")
    assert (answer.status_code, answer.json()) == (503, {"detail": "InternalServerError"})


def test_a_webhook_takes_effect_once(
    shop: TestClient, vinr_sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And a forged one not at all."""
    monkeypatch.setattr(shop_members, "FILE", str(tmp_path / "shop.sqlite"))
    shop.get("/members/cust_1")
    [event, *_] = vinr_sandbox.events.list(type="loyalty.account.created")
    body = json.dumps(event.wire())
    signed = {"Vinr-Signature": Webhook.sign(body, "whsec_shop")}
    answers = [shop.post("/vinr/webhooks", content=body, headers=signed) for _ in range(2)]
    assert [each.status_code for each in answers] == [204, 204]
    assert shop.post("/vinr/webhooks", content=body).status_code == 400
    with shop_members.opened() as database:
        assert database.execute("SELECT event FROM mails").fetchall() == [(event.id,)]

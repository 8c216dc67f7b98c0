"""Webhook endpoints that are made through the API."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.sandbox.receiver import receiving
from tests.sandbox.service import Json, Service, accepted, refusal
from vinr.sandbox import Sandbox


def endpoint(service: Service, url: str, events: Sequence[str] = ("*",)) -> Json:
    pairs = [("enabled_events[]", each) for each in events]
    return accepted(service.form("/webhook-endpoints", ("url", url), *pairs))


def test_an_endpoint_tells_its_secret_once(service: Service) -> None:
    made = endpoint(service, "https://shop.example/vinr", ["loyalty.points.earned"])
    assert made["secret"].startswith("whsec_")
    path = f"/webhook-endpoints/{made['id']}"
    shown = {name: value for name, value in made.items() if name != "secret"}
    assert accepted(service.get(path)) == shown
    assert accepted(service.get("/webhook-endpoints"))["data"] == [shown]
    changed = accepted(service.form(path, ("status", "disabled"), ("enabled_events[]", "*")))
    assert changed == {**shown, "status": "disabled", "enabled_events": ["*"]}
    assert refusal(service.form(path, ("url", "ftp://x"))) == (400, "parameter_invalid", "url")
    moved = accepted(service.form(path, ("url", "https://shop.example/other")))
    assert moved == {**changed, "url": "https://shop.example/other"}
    unsendable = service.form(path, ("url", "https://shop.example:99999/"))
    assert refusal(unsendable)[1:] == ("parameter_invalid", "url")
    deleted = {"id": made["id"], "object": "webhook_endpoint", "deleted": True}
    assert accepted(service.raw("DELETE", path)) == deleted
    assert refusal(service.get(path))[0] == refusal(service.raw("DELETE", path))[0] == 404
    assert accepted(service.get("/webhook-endpoints"))["data"] == []
    wrong = service.form("/webhook-endpoints", ("url", "ftp://x"), ("enabled_events[]", "*"))
    assert refusal(wrong) == (400, "parameter_invalid", "url")


def test_events_are_sent_to_an_enabled_endpoint(service: Service) -> None:
    with receiving() as receiver:
        service.enrol()
        made = endpoint(service, receiver.url, ["loyalty.account.created"])
        receiver.secret = made["secret"]
        member = service.enrol()
        service.adjust(member, 5)
        service.sandbox.webhooks.deliver()
        assert [event.type for event in receiver.events] == ["loyalty.account.created"]
        path = f"/webhook-endpoints/{made['id']}"
        accepted(service.form(path, ("status", "disabled")))
        service.enrol()
        service.sandbox.webhooks.deliver()
        accepted(service.form(path, ("status", "enabled")))
        service.sandbox.webhooks.deliver()
        assert len(receiver.events) == 1
        accepted(service.form(path, ("enabled_events[]", "*")))
        service.enrol()
        service.sandbox.webhooks.deliver()
        assert [event.type for event in receiver.events[1:]] == [
            "loyalty.account.created",
            "loyalty_account.created",
        ]
        assert service.sandbox.webhooks.endpoints[0].url == receiver.url
        service.raw("DELETE", path)
        service.enrol()
        service.sandbox.webhooks.deliver()
        assert len(receiver.events) == 3
        assert service.sandbox.webhooks.endpoints == []


def test_endpoints_are_in_the_file_and_hear_what_happens_from_then_on(tmp_path: Path) -> None:
    file = tmp_path / "ledger.sqlite"
    with receiving() as receiver:
        with Sandbox(file) as sandbox, sandbox.client() as client:
            made = client.webhook_endpoints.create(
                url=receiver.url, enabled_events=["loyalty.account.created"]
            )
            receiver.secret = made.secret or ""
            client.loyalty.accounts.create(program="prog_default")
        with Sandbox(file) as sandbox, sandbox.client() as client:
            sandbox.webhooks.deliver()
            assert receiver.events == []
            client.loyalty.accounts.create(program="prog_default")
            sandbox.webhooks.deliver()
            assert len(receiver.events) == 1

"""Webhooks: only what VINR signed, and signed just now, becomes an event."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from email.message import Message
from typing import Any

import httpx
import pytest
from freezegun import freeze_time
from multidict import CIMultiDict, CIMultiDictProxy
from pydantic import SecretStr
from werkzeug.datastructures import EnvironHeaders, Headers

from vinr import (
    Event,
    InvalidRequestError,
    LoyaltyAccount,
    Vinr,
    VinrError,
    Webhook,
    WebhookSignatureError,
)
from vinr.sandbox import Sandbox
from vinr.webhooks.signature import MOST_HEADER, MOST_PAYLOAD

SECRET = "whsec_new"
EVENT = {
    "id": "evt_1",
    "type": "loyalty.account.created",
    "data": {"object": {"id": "loy_7Qk", "balance": 0}},
    "created": 1716300000,
}
PAYLOAD = json.dumps(EVENT).encode()


def digest(payload: bytes, at: int, secret: str = SECRET) -> str:
    return hmac.new(secret.encode(), f"{at}.".encode() + payload, hashlib.sha256).hexdigest()


def now() -> int:
    return int(time.time())


def test_a_signed_payload_is_an_event() -> None:
    event = Webhook.construct_event(PAYLOAD, Webhook.sign(PAYLOAD, SECRET), SECRET)

    assert (event.id, event.type) == ("evt_1", "loyalty.account.created")
    assert event.data.object == {"id": "loy_7Qk", "balance": 0}
    assert event.created.isoformat() == "2024-05-21T14:00:00+00:00"


def test_the_signature_is_as_documented() -> None:
    assert Webhook.sign(PAYLOAD, SECRET, 1716300000) == (
        f"t=1716300000,v1={digest(PAYLOAD, 1716300000)}"
    )


def test_text_and_the_client_do_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VINR_WEBHOOK_SECRET", SECRET)
    with Vinr(secret_key="sk_test_1") as client:
        event = client.webhooks.construct_event(PAYLOAD.decode(), Webhook.sign(PAYLOAD, SECRET))
    assert event.id == "evt_1"


def test_the_header_with_a_timestamp_of_its_own() -> None:
    at = now()
    event = Webhook.construct_event(PAYLOAD, digest(PAYLOAD, at), SECRET, timestamp=str(at))
    assert event.id == "evt_1"


@pytest.mark.parametrize("secrets", [["whsec_old", SECRET], (SECRET, "whsec_old")])
def test_a_rotation_knows_several_secrets(secrets: list[str]) -> None:
    header = Webhook.sign(PAYLOAD, SECRET)
    assert Webhook.construct_event(PAYLOAD, header, secrets).id == "evt_1"


def test_a_rotation_sends_several_signatures() -> None:
    at = now()
    header = f"t={at},v1={digest(PAYLOAD, at, 'whsec_other')},v0=abc,v1={digest(PAYLOAD, at)}"
    assert Webhook.construct_event(PAYLOAD, header, SECRET).id == "evt_1"


def test_unknown_types_and_fields_pass() -> None:
    payload = json.dumps(EVENT | {"type": "loyalty.moon.risen", "extra": 1}).encode()
    event = Webhook.construct_event(payload, Webhook.sign(payload, SECRET), SECRET)
    assert event.type == "loyalty.moon.risen"


@pytest.mark.parametrize("off", [-301, 301, -864000, 864000])
def test_too_old_and_too_new(off: int) -> None:
    header = Webhook.sign(PAYLOAD, SECRET, now() + off)
    with pytest.raises(WebhookSignatureError, match="tolerance"):
        Webhook.construct_event(PAYLOAD, header, SECRET)


@pytest.mark.parametrize("off", [-290, 290])
def test_within_the_tolerance(off: int) -> None:
    header = Webhook.sign(PAYLOAD, SECRET, now() + off)
    assert Webhook.construct_event(PAYLOAD, header, SECRET).id == "evt_1"


FAKE = "a" * 64


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "t=,v1=",
        "v1={fake}",
        "t={now}",
        "t={now},v2={fake}",
        "t={now},v1={fake}",
        "t=٣{now},v1={good}",
        "t=-{now},v1={good}",
        "t={now},t={now},v1={good}",
        "t={now},v1=é{good}",
        "t={now},v1={good}{commas}",
        b"t={now},v1={good}",
        7,
    ],
)
def test_headers_that_prove_nothing(header: Any) -> None:
    if isinstance(header, str):
        at = now()
        good = digest(PAYLOAD, at)
        header = header.format(now=at, good=good, fake=FAKE, commas="," * 5000)
    with pytest.raises(WebhookSignatureError):
        Webhook.construct_event(PAYLOAD, header, SECRET)


@pytest.mark.parametrize("payload", [PAYLOAD + b" ", PAYLOAD[:-1], b"", b"{}"])
def test_another_payload_than_the_signed_one(payload: bytes) -> None:
    with pytest.raises(WebhookSignatureError):
        Webhook.construct_event(payload, Webhook.sign(PAYLOAD, SECRET), SECRET)


@pytest.mark.parametrize("payload", [b"", b"{}", b"null", b"<html>", b"\xff\xfe", b"[" * 100_000])
def test_signed_garbage(payload: bytes) -> None:
    with pytest.raises(WebhookSignatureError):
        Webhook.construct_event(payload, Webhook.sign(payload, SECRET), SECRET)


@pytest.mark.parametrize("payload", [EVENT, None, 7, "\ud800"])
def test_payloads_that_are_no_body(payload: Any) -> None:
    with pytest.raises(InvalidRequestError):
        Webhook.construct_event(payload, Webhook.sign(PAYLOAD, SECRET), SECRET)


def test_an_oversized_payload() -> None:
    with pytest.raises(WebhookSignatureError):
        Webhook.construct_event(b" " * (1024 * 1024 + 1), Webhook.sign(PAYLOAD, SECRET), SECRET)


@pytest.mark.parametrize("secret", ["", " ", [], [""], None, 7, [SECRET, None]])
def test_secrets_that_are_none(secret: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VINR_WEBHOOK_SECRET", raising=False)
    with pytest.raises(InvalidRequestError):
        Webhook.construct_event(PAYLOAD, Webhook.sign(PAYLOAD, SECRET), secret)


@pytest.mark.parametrize("tolerance", [-1, float("nan"), True, "300", None])
def test_tolerances_that_are_none(tolerance: Any) -> None:
    with pytest.raises(InvalidRequestError):
        Webhook.construct_event(PAYLOAD, Webhook.sign(PAYLOAD, SECRET), SECRET, tolerance)


def test_the_sandbox_keeps_such_events() -> None:
    with Sandbox() as sandbox:
        sandbox.client().loyalty.accounts.create(program="prog_default", customer="cust_1")
        types = [event.type for event in sandbox.events.list()]
    assert sorted(types) == ["loyalty.account.created", "loyalty_account.created"]


def framework_headers(header: str) -> dict[str, Any]:
    """All headers of one request, as frameworks have them."""
    environ = {"HTTP_VINR_SIGNATURE": header, "HTTP_HOST": "shop.test", "wsgi.version": (1, 0)}
    return {
        "a dict": {"Vinr-Signature": header, "Host": "shop.test"},
        "lower case": {"vinr-signature": header},
        "upper case": {"VINR-SIGNATURE": header},
        "lists of values": {"Vinr-Signature": [header]},
        "bytes": {b"vinr-signature": header.encode()},
        "django's META": environ,
        "httpx and starlette": httpx.Headers({"Vinr-Signature": header}),
        "aiohttp": CIMultiDictProxy(CIMultiDict({"Vinr-Signature": header})),
        "flask": EnvironHeaders(environ),
        "werkzeug": Headers([("Vinr-Signature", header)]),
        "email.message": _message({"Vinr-Signature": header}),
        "bytes alone": header.encode(),
        "a list of one": [header],
        "a list of one, in bytes": [header.encode()],
    }


def _message(headers: dict[str, str]) -> Message:
    message = Message()
    for name, value in headers.items():
        message[name] = value
    return message


@pytest.mark.parametrize("framework", framework_headers(""))
def test_the_headers_of_any_framework(framework: str) -> None:
    headers = framework_headers(Webhook.sign(PAYLOAD, SECRET))[framework]
    assert Webhook.construct_event(PAYLOAD, headers, SECRET).id == "evt_1"
    forged = framework_headers(Webhook.sign(PAYLOAD, "whsec_other"))[framework]
    with pytest.raises(WebhookSignatureError):
        Webhook.construct_event(PAYLOAD, forged, SECRET)


@pytest.mark.parametrize("name", ["X-Vinr-Signature", "x-vinr-signature"])
def test_headers_with_a_time_of_their_own(name: str) -> None:
    at = now()
    headers = {name: digest(PAYLOAD, at), "X-VINR-TIMESTAMP": str(at)}
    assert Webhook.construct_event(PAYLOAD, headers, SECRET).id == "evt_1"
    headers["X-VINR-TIMESTAMP"] = str(at - 301)
    with pytest.raises(WebhookSignatureError):
        Webhook.construct_event(PAYLOAD, headers, SECRET)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Host": "shop.test"},
        {"x-vinr-signature": "0" * 64},
        {"Vinr-Signature": ["a", "b"]},
        {"Vinr-Signature": "a", "vinr-signature": "b"},
        {"Vinr-Signature": None},
    ],
)
def test_headers_without_one_signature(headers: Any) -> None:
    with pytest.raises(WebhookSignatureError):
        Webhook.construct_event(PAYLOAD, headers, SECRET)


@pytest.mark.parametrize(
    "body", [PAYLOAD, bytearray(PAYLOAD), memoryview(PAYLOAD), PAYLOAD.decode()]
)
def test_the_body_in_any_form(body: bytes | bytearray | memoryview | str) -> None:
    assert Webhook.construct_event(body, Webhook.sign(body, SECRET), SECRET).id == "evt_1"


@pytest.mark.parametrize("secret", [f" {SECRET}", f"{SECRET}\n", [SECRET, f"{SECRET}\t"]])
def test_a_secret_with_white_space_around_it_is_refused_by_name(
    secret: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    header = Webhook.sign(PAYLOAD, SECRET)
    with pytest.raises(InvalidRequestError, match=r"^secret has white space") as caught:
        Webhook.construct_event(PAYLOAD, header, secret)
    assert SECRET not in str(caught.value)
    monkeypatch.setenv("VINR_WEBHOOK_SECRET", f"{SECRET} ")
    with pytest.raises(InvalidRequestError, match=r"^VINR_WEBHOOK_SECRET has white space"):
        Webhook.construct_event(PAYLOAD, header)


@pytest.mark.parametrize("off", [300.2, -300.2])
def test_a_time_just_beyond_the_tolerance_is_told_as_beyond(
    off: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = now()
    monkeypatch.setattr(time, "time", lambda: at + off)
    with pytest.raises(WebhookSignatureError, match=r"signed 301 s .* the tolerance of 300 s"):
        Webhook.construct_event(PAYLOAD, Webhook.sign(PAYLOAD, SECRET, at), SECRET)


def event_about(type: str, object: dict[str, Any]) -> Event:
    return Event.model_validate({**EVENT, "type": type, "data": {"object": object}})


def test_what_an_event_is_about() -> None:
    with Sandbox() as sandbox, sandbox.client() as client:
        member = client.loyalty.accounts.create(program="prog_default", customer="cust_1")
        entry = client.loyalty.transactions.create(account=member.id, amount=5)
        of_the_reference = client.points_transactions.retrieve(entry.id)
        events = {event.type: Event.model_validate(event.wire()) for event in sandbox.events.list()}

    created, posted = events["loyalty.account.created"], events["points_transaction.created"]
    assert (created.account, created.transaction) == (member, None)
    assert (posted.account, posted.transaction) == (None, of_the_reference)
    assert isinstance(events["loyalty_account.created"].account, LoyaltyAccount)
    of_the_future = event_about("loyalty.points.expired", json.loads(entry.model_dump_json()))
    assert of_the_future.transaction == entry
    unknown = event_about("coupon.issued", {"id": "cpn_1", "balance": 5})
    assert (unknown.account, unknown.transaction) == (None, None)
    assert unknown.data.object == {"id": "cpn_1", "balance": 5}
    broken = event_about("loyalty_account.updated", {"id": "la_1", "points_balance": "5"})
    with pytest.raises(VinrError, match=r"evt_1.*points_balance"):
        _ = broken.account


@pytest.mark.parametrize("secret", [SecretStr(SECRET), [SecretStr("whsec_old"), SECRET]])
def test_a_secret_that_hides_itself(secret: Any) -> None:
    event = Webhook.construct_event(PAYLOAD, Webhook.sign(PAYLOAD, SECRET), secret)
    assert event.id == "evt_1"


@pytest.mark.parametrize("header", [None, "", {}, {"Host": "shop.test"}, []])
def test_a_missing_signature_says_what_to_pass(header: Any) -> None:
    with pytest.raises(WebhookSignatureError, match="pass all headers of the request"):
        Webhook.construct_event(PAYLOAD, header, SECRET)


def test_a_moment_of_the_signature_s_own_goes_before_that_of_the_headers() -> None:
    at = now()
    headers = {"x-vinr-signature": digest(PAYLOAD, at), "x-vinr-timestamp": "1"}
    with pytest.raises(WebhookSignatureError):
        Webhook.construct_event(PAYLOAD, headers, SECRET)
    assert Webhook.construct_event(PAYLOAD, headers, SECRET, timestamp=str(at)).id == "evt_1"


@freeze_time("2026-03-01 12:00:00")
@pytest.mark.parametrize(("off", "tolerance"), [(0, 0), (-5, 5), (5, 5), (-300, 300), (300, 300)])
def test_the_tolerance_is_inclusive(off: int, tolerance: float) -> None:
    header = Webhook.sign(PAYLOAD, SECRET, now() + off)
    assert Webhook.construct_event(PAYLOAD, header, SECRET, tolerance=tolerance).id == "evt_1"
    further = Webhook.sign(PAYLOAD, SECRET, now() + (off - 1 if off < 0 else off + 1))
    with pytest.raises(WebhookSignatureError, match="ago" if off < 0 else "in the future"):
        Webhook.construct_event(PAYLOAD, further, SECRET, tolerance=tolerance)


@pytest.mark.parametrize("tolerance", [-1, float("nan"), float("inf"), True, "300", None])
def test_a_tolerance_that_is_none(tolerance: Any) -> None:
    with pytest.raises(InvalidRequestError) as refused:
        Webhook.construct_event(PAYLOAD, Webhook.sign(PAYLOAD, SECRET), SECRET, tolerance=tolerance)
    assert refused.value.param == "tolerance"


@pytest.mark.parametrize("time", ["", "1e9", "-1", "٣", " 1", "1.0"])
def test_a_time_that_is_none_is_malformed(time: str) -> None:
    with pytest.raises(WebhookSignatureError, match="malformed"):
        Webhook.construct_event(PAYLOAD, f"t={time},v1={FAKE}", SECRET)
    with pytest.raises(WebhookSignatureError, match="malformed"):
        Webhook.construct_event(PAYLOAD, FAKE, SECRET, timestamp=time)


def test_the_largest_payload_and_the_longest_signature() -> None:
    body = json.dumps(EVENT)
    for size, taken in ((MOST_PAYLOAD, True), (MOST_PAYLOAD + 1, False)):
        payload = body + " " * (size - len(body))
        moment = now()  # once, or the next second may begin in between
        signed = f"t={moment},v1={digest(payload.encode(), moment)}"
        if taken:
            assert Webhook.construct_event(payload, signed, SECRET).id == "evt_1"
        else:
            with pytest.raises(WebhookSignatureError, match="larger"):
                Webhook.construct_event(payload, signed, SECRET)
    header = Webhook.sign(PAYLOAD, SECRET)
    padded = header + ",v0=" + "x" * (MOST_HEADER - len(header) - 4)
    assert Webhook.construct_event(PAYLOAD, padded, SECRET).id == "evt_1"
    with pytest.raises(WebhookSignatureError, match="longer"):
        Webhook.construct_event(PAYLOAD, f"{padded}x", SECRET)


@pytest.mark.parametrize(("payload", "param"), [({"id": 1}, "payload"), ("\ud800", "payload")])
def test_an_argument_that_cannot_work_is_named(payload: Any, param: str) -> None:
    with pytest.raises(InvalidRequestError) as refused:
        Webhook.construct_event(payload, "t=1,v1=0", SECRET)
    assert refused.value.param == param


@pytest.mark.parametrize("secret", ["", " ", [], ["whsec_a", ""], 5, f" {SECRET}"])
def test_a_secret_that_is_none_is_named(secret: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VINR_WEBHOOK_SECRET", raising=False)
    with pytest.raises(InvalidRequestError) as refused:
        Webhook.construct_event(PAYLOAD, Webhook.sign(PAYLOAD, SECRET), secret)
    assert refused.value.param == "secret"

# Generated from tests/_async/test_messages.py; do not edit.
"""What a server says is bounded: one short line in an error, and no more than can be looked at."""

from __future__ import annotations

import json
from collections.abc import Callable

import httpx
import pytest

from vinr import (
    APIConnectionError,
    APIResponseError,
    APIStatusError,
    InvalidRequestError,
    Vinr,
)

ENTRY = {"id": "ptx_1", "account": "loy_1", "type": "adjust", "amount": 1}


def client_of(status: int, content: str) -> Vinr:
    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(status, content=content)

    http_client = httpx.Client(transport=httpx.MockTransport(answer))
    return Vinr(secret_key="sk_test_1", http_client=http_client, max_retries=0)


def refusal(message: str) -> str:
    return json.dumps({"error": {"code": "no", "message": message}})


@pytest.mark.parametrize(
    ("message", "seen"),
    [
        ("\x1b[2J\x1b]0;title\x07gone", "[2J ]0;title gone (status 400)"),
        ("a\r\nb\tc\x00d\x7f\x9b1m", "a b c d 1m (status 400)"),
        ("\u202etext\u2028line\u2066", "text line (status 400)"),
        ("Größe 5 · 🎁 – 日本", "Größe 5 · 🎁 – 日本 (status 400)"),
        ("x" * 5000, "x" * 500 + " (status 400)"),
    ],
)
def test_the_message_of_a_refusal(message: str, seen: str) -> None:
    with client_of(400, refusal(message)) as client:
        with pytest.raises(APIStatusError) as caught:
            client.loyalty.transactions.retrieve("ptx_1")

    assert str(caught.value).startswith(f"transactions.retrieve: id='ptx_1': {seen}; see https://")
    assert caught.value.code == "no"


def test_a_refusal_of_nothing_but_a_code() -> None:
    with client_of(409, '{"error":{"code":"account_already_exists"}}') as client:
        with pytest.raises(APIStatusError, match="status 409 and the code account_already_exists"):
            client.loyalty.transactions.retrieve("ptx_1")


@pytest.mark.parametrize("name", ["x" * 1_000_000, "\x1b[2J" + "x" * 1000, "\n\n\n"])
def test_the_name_of_a_field_of_the_wrong_shape(name: str) -> None:
    body = json.dumps({**ENTRY, name: 0})[:-2] + "1e400}"
    with client_of(200, body) as client:
        with pytest.raises(APIResponseError) as caught:
            client.loyalty.transactions.retrieve("ptx_1")

    assert len(str(caught.value)) < 300
    assert str(caught.value).isprintable()
    assert "beyond all that can be kept" in str(caught.value)


def test_an_error_object_beyond_all_measure_is_not_read() -> None:
    with client_of(409, refusal("x" * 70_000)) as client:
        with pytest.raises(APIStatusError, match="no error object") as caught:
            client.loyalty.transactions.retrieve("ptx_1")

    assert caught.value.code is None


def test_a_body_that_the_callers_transport_has_read_is_no_larger_than_others() -> None:
    with client_of(200, json.dumps(ENTRY) + " " * 16 * 1024 * 1024) as client:
        with pytest.raises(APIResponseError, match="larger than 16777216 bytes"):
            client.loyalty.transactions.retrieve("ptx_1")


MANY = 3_000_000
LISTS = {
    "empty rows": '{"data":[' + "{}," * MANY + '{}],"has_more":false}',
    "numbers for rows": '{"data":[' + "1," * MANY + '1],"has_more":false}',
}
ENTRIES = {
    "names too many to be looked at": (
        json.dumps({**ENTRY, "x": 1})[:-1] + ',"y":[' + '{"a":1},' * (MANY // 4) + '{}],"x":1}'
    ),
    "numbers beyond all measure": (
        json.dumps(ENTRY)[:-1] + "," + ",".join(f'"{n}":1e400' for n in range(MANY // 10)) + "}"
    ),
}


@pytest.mark.parametrize("body", LISTS.values(), ids=LISTS)
def test_a_page_of_millions_of_bad_rows(body: str) -> None:
    """To note each of them would take gigabytes."""
    with client_of(200, body) as client:
        with pytest.raises(APIResponseError, match=r"data\.0"):
            client.loyalty.transactions.list()


@pytest.mark.parametrize("body", ENTRIES.values(), ids=ENTRIES)
def test_an_entry_with_millions_of_flaws(body: str) -> None:
    with client_of(200, body) as client:
        with pytest.raises(APIResponseError) as caught:
            client.loyalty.transactions.retrieve("ptx_1")

    assert len(str(caught.value)) < 300


REFUSALS: list[tuple[Callable[[Vinr], object], list[str], str]] = [
    (
        lambda c: c.loyalty.accounts.merge(source="loy_nope", target="loy_gone"),
        ["accounts.merge: source='loy_nope': "],
        "resource_missing",
    ),
    (
        lambda c: c.loyalty.accounts.retrieve("loy_nope"),
        ["accounts.retrieve: id='loy_nope': "],
        "resource_missing",
    ),
    (
        lambda c: c.loyalty.accounts.close("loy_nope"),
        ["accounts.close: id='loy_nope': "],
        "resource_missing",
    ),
    (
        lambda c: c.loyalty.accounts.create(program="prog_nope"),
        ["accounts.create: program='prog_nope': "],
        "resource_missing",
    ),
    (
        lambda c: c.loyalty.transactions.create(account="loy_nope", amount=5),
        ["transactions.create: account='loy_nope': "],
        "resource_missing",
    ),
    (
        lambda c: c.loyalty.transactions.create(account="loy_nope", amount=5, type="merge"),
        ["transactions.create: type='merge', account='loy_nope': "],
        "parameter_invalid",
    ),
    (
        lambda c: c.loyalty_accounts.update("la_nope", tier="tier_gold"),
        ["loyalty_accounts.update: id='la_nope': "],
        "resource_missing",
    ),
    (
        lambda c: c.points_transactions.create(loyalty_account="la_nope", amount=5, type="credit"),
        ["points_transactions.create: loyalty_account='la_nope': "],
        "resource_missing",
    ),
]


@pytest.mark.parametrize(("call", "words", "page"), REFUSALS)
def test_a_refusal_names_the_parameter_and_the_id(
    vinr_client: Vinr,
    call: Callable[[Vinr], object],
    words: list[str],
    page: str,
) -> None:
    with pytest.raises(APIStatusError) as caught:
        call(vinr_client)

    assert all(word in str(caught.value) for word in words)
    assert caught.value.doc_url is not None
    assert caught.value.doc_url.endswith(f"/errors/#{page}")
    assert str(caught.value).endswith(f"; see {caught.value.doc_url}")


def test_the_page_that_vinr_names_goes_before_ours() -> None:
    body = json.dumps({"error": {"message": "No.", "doc_url": "https://vinr.test/no"}})
    with client_of(400, body) as client:
        with pytest.raises(APIStatusError, match=r"see https://vinr\.test/no$"):
            client.loyalty.transactions.retrieve("ptx_1")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"title": "Forbidden", "detail": "The quota is used up."}, "The quota is used up."),
        ({"type": "about:blank", "title": "Forbidden", "status": 403}, "Forbidden"),
        ({"title": 5, "detail": ["x"]}, "VINR answered with status 403 and no error object"),
    ],
)
def test_what_a_gateway_says_as_problem_json(body: object, said: str) -> None:
    with client_of(403, json.dumps(body)) as client:
        with pytest.raises(APIStatusError) as caught:
            client.loyalty.transactions.retrieve("ptx_1")

    assert f"id='ptx_1': {said}" in str(caught.value)
    assert caught.value.code is None


@pytest.mark.parametrize("name", ["type", "status"])
def test_a_kind_is_not_called_an_id(vinr_client: Vinr, name: str) -> None:
    calls: dict[str, Callable[[], object]] = {
        "type": lambda: vinr_client.loyalty.transactions.list(type=""),
        "status": lambda: vinr_client.loyalty.accounts.list(status=""),
    }
    with pytest.raises(InvalidRequestError, match=rf"^{name} is empty; it must be") as caught:
        calls[name]()
    assert "id" not in str(caught.value).split()


def test_a_connection_that_fails_names_host_and_port() -> None:
    nowhere = "http://127.0.0.1:9/v1"
    with Vinr(secret_key="sk_test_1", base_url=nowhere, max_retries=0) as client:
        with pytest.raises(APIConnectionError, match=r"connect to 127\.0\.0\.1:9 \(.+\)"):
            client.loyalty.accounts.retrieve("loy_1")

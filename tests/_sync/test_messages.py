# Generated from tests/_async/test_messages.py; do not edit.
"""What a server says is bounded: one short line in an error, and no more than can be looked at."""

from __future__ import annotations

import json

import httpx
import pytest

from vinr import APIResponseError, APIStatusError, Vinr

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

    assert str(caught.value) == f"transactions.retrieve: {seen}"
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

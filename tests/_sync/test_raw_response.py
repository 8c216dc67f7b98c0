# Generated from tests/_async/test_raw_response.py; do not edit.
"""``with_raw_response``: the response as it came, beside the typed result."""

from __future__ import annotations

import json
from typing import assert_type

import pytest

from vinr import InvalidRequestError, NotFoundError, Page, RawResponse, Vinr
from vinr._models.account import PlainAccount


def test_status_headers_and_body(client: Vinr) -> None:
    member = client.loyalty.accounts.create(program="prog_default")
    raw = client.with_raw_response(lambda c: c.loyalty.accounts.retrieve(member.id))
    assert_type(raw, RawResponse[PlainAccount])
    assert raw.status_code == 200
    assert raw.headers["content-type"].startswith("application/json")
    assert json.loads(raw.content)["id"] == member.id
    assert raw.parsed == raw.parse() == member


def test_a_page(client: Vinr) -> None:
    member = client.loyalty.accounts.create(program="prog_default")
    raw = client.with_raw_response(lambda c: c.loyalty.accounts.list())
    assert_type(raw, RawResponse[Page[PlainAccount]])
    assert json.loads(raw.content)["data"][0]["id"] == member.id
    assert raw.parsed.data == [member]


def test_errors_are_raised(client: Vinr) -> None:
    with pytest.raises(NotFoundError) as caught:
        client.with_raw_response(lambda c: c.loyalty.accounts.retrieve("loy_nobody"))
    assert caught.value.last_response is not None
    assert caught.value.last_response.status == 404


def test_a_call_of_another_client_is_noticed(client: Vinr) -> None:
    with pytest.raises(InvalidRequestError, match="made no call"):
        client.with_raw_response(lambda _: client.loyalty.accounts.list())

"""``with_raw_response``: the response as it came, beside the typed result."""

from __future__ import annotations

import json
from typing import assert_type

import pytest

from vinr import AsyncPage, AsyncVinr, InvalidRequestError, NotFoundError, RawResponse
from vinr._models.account import PlainAccount


async def test_status_headers_and_body(client: AsyncVinr) -> None:
    member = await client.loyalty.accounts.create(program="prog_default")
    raw = await client.with_raw_response(lambda c: c.loyalty.accounts.retrieve(member.id))
    assert_type(raw, RawResponse[PlainAccount])
    assert raw.status_code == 200
    assert raw.headers["content-type"].startswith("application/json")
    assert json.loads(raw.content)["id"] == member.id
    assert raw.parsed == raw.parse() == member


async def test_a_page(client: AsyncVinr) -> None:
    member = await client.loyalty.accounts.create(program="prog_default")
    raw = await client.with_raw_response(lambda c: c.loyalty.accounts.list())
    assert_type(raw, RawResponse[AsyncPage[PlainAccount]])
    assert json.loads(raw.content)["data"][0]["id"] == member.id
    assert raw.parsed.data == [member]


async def test_errors_are_raised(client: AsyncVinr) -> None:
    with pytest.raises(NotFoundError) as caught:
        await client.with_raw_response(lambda c: c.loyalty.accounts.retrieve("loy_nobody"))
    assert caught.value.last_response is not None
    assert caught.value.last_response.status == 404


async def test_a_call_of_another_client_is_noticed(client: AsyncVinr) -> None:
    with pytest.raises(InvalidRequestError, match="made no call"):
        await client.with_raw_response(lambda _: client.loyalty.accounts.list())

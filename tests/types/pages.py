"""Never run: what mypy and pyright know of pages, sync and async."""

from __future__ import annotations

from typing import assert_type

from vinr import AsyncPage, AsyncPaginator, AsyncVinr, Event, LastResponse, Page, Tier, Vinr
from vinr.loyalty import Account, Transaction


def a_page(client: Vinr) -> None:
    page = client.loyalty.transactions.list(account="loy_1", limit=100)
    assert_type(page, Page[Transaction])
    assert_type(page.data, list[Transaction])
    assert_type(page[0], Transaction)
    assert_type(page[:2], list[Transaction])
    assert_type(page.has_more, bool)
    assert_type(page.next_cursor, str | None)
    assert_type(page.next_page(), Page[Transaction] | None)
    assert_type(page.last_response, LastResponse)
    assert_type(len(page), int)
    assert_type([entry.amount for entry in page], list[int])
    for each in page.pages():
        assert_type(each, Page[Transaction])
    assert_type(client.events.list(), Page[Event])


def pages_remember_what_was_expanded(client: Vinr) -> None:
    page = client.loyalty.accounts.list(expand=["tier"])
    assert_type(page, Page[Account[str | None, Tier | None]])
    following = page.next_page()
    if following is not None:
        assert_type(following.data[0].tier, Tier | None)


def a_page_is_covariant(client: Vinr) -> None:
    takes_any_page(client.loyalty.accounts.list(expand=["tier"]))
    takes_any_page(client.loyalty.accounts.list())


def takes_any_page(page: Page[Account]) -> None:
    assert_type(page.data[0].tier_id, str | None)


async def an_async_page(client: AsyncVinr) -> None:
    paginator = client.loyalty.transactions.list(account="loy_1")
    assert_type(paginator, AsyncPaginator[Transaction])
    page = await paginator
    assert_type(page, AsyncPage[Transaction])
    assert_type(await page.next_page(), AsyncPage[Transaction] | None)
    async for entry in client.loyalty.transactions.list(max_items=3):
        assert_type(entry, Transaction)
    async for each in paginator.pages():
        assert_type(each, AsyncPage[Transaction])

"""Pages: one after the other, capped, resumed, read ahead, and never in a circle."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

import httpx
import pytest

from tests.together import aeventually
from vinr import APIResponseError, AsyncPaginator, AsyncVinr, InternalServerError, PaginationError
from vinr.loyalty import Transaction

Reply = Callable[[httpx.Request], httpx.Response]


def entry(number: int) -> dict[str, object]:
    return {"id": f"ptx_{number}", "account": "loy_1", "type": "adjust", "amount": number}


def page(*numbers: int, more: bool = False, cursor: str | None = None) -> httpx.Response:
    info = {"has_more": more, "next_cursor": cursor}
    return httpx.Response(200, json={"data": [entry(n) for n in numbers], "page": info})


class Service:
    """Answers each request by its cursor, and keeps what was asked."""

    def __init__(self, pages: dict[str | None, httpx.Response]) -> None:
        self.pages = pages
        self.asked: list[str | None] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        params = request.url.params
        cursor = params.get("starting_after") or params.get("ending_before")
        self.asked.append(cursor)
        found = self.pages[cursor]
        return httpx.Response(found.status_code, content=found.content)

    def client(self) -> AsyncVinr:
        http_client = httpx.AsyncClient(transport=httpx.MockTransport(self))
        return AsyncVinr(secret_key="sk_test_1", http_client=http_client, max_retries=0)


async def read(entries: AsyncPaginator[Transaction], amounts: list[int]) -> None:
    """Keeps what was read before an error."""
    async for found in entries:
        amounts.append(found.amount)  # noqa: PERF401 - a comprehension would lose it


THREE = {
    None: page(6, 5, more=True, cursor="a"),
    "a": page(4, 3, more=True, cursor="b"),
    "b": page(2, 1),
}


@pytest.mark.parametrize("prefetch", [0, 1])
async def test_iteration_reads_every_page_once(prefetch: int) -> None:
    service = Service(THREE)
    async with service.client() as client:
        entries = client.loyalty.transactions.list(limit=2, prefetch=prefetch)
        amounts = [entry.amount async for entry in entries]

    assert amounts == [6, 5, 4, 3, 2, 1]
    assert service.asked == [None, "a", "b"]


@pytest.mark.parametrize(
    ("most", "amounts", "asked"),
    [(0, [], 1), (1, [6], 1), (2, [6, 5], 1), (3, [6, 5, 4], 2), (9, [6, 5, 4, 3, 2, 1], 3)],
)
@pytest.mark.parametrize("prefetch", [0, 1])
async def test_max_items_ends_the_iteration(
    most: int, amounts: list[int], asked: int, prefetch: int
) -> None:
    service = Service(THREE)
    async with service.client() as client:
        entries = client.loyalty.transactions.list(max_items=most, prefetch=prefetch)
        found = [entry.amount async for entry in entries]

    assert found == amounts
    assert len(service.asked) == asked


async def test_a_page_is_what_was_asked_for_alone() -> None:
    service = Service(THREE)
    async with service.client() as client:
        first = await client.loyalty.transactions.list(account="loy_1")
        second = await first.next_page()
        assert second is not None
        third = await second.next_page()
        assert third is not None

        assert (len(first), first.has_more, first.next_cursor) == (2, True, "a")
        assert (third.has_more, third.next_cursor) == (False, None)
        assert await third.next_page() is None
        assert [len(each) async for each in first.pages()] == [2, 2, 2]
        assert second.data[0].last_response == second.last_response
        assert second.last_response.status == 200


async def test_resuming_from_a_cursor() -> None:
    service = Service(THREE)
    async with service.client() as client:
        entries = client.loyalty.transactions.list(starting_after="a")
        assert [entry.amount async for entry in entries] == [4, 3, 2, 1]


async def test_backwards_goes_on_backwards() -> None:
    service = Service({"z": page(1, 2, more=True, cursor="y"), "y": page(3)})
    async with service.client() as client:
        entries = client.loyalty.transactions.list(ending_before="z")
        assert [entry.amount async for entry in entries] == [1, 2, 3]


async def test_the_filters_go_along_to_every_page() -> None:
    asked: list[httpx.QueryParams] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.params)
        return page(1) if "starting_after" in request.url.params else THREE[None]

    transport = httpx.MockTransport(answer)
    async with AsyncVinr(
        secret_key="sk_test_1", http_client=httpx.AsyncClient(transport=transport)
    ) as client:
        async for _ in client.loyalty.transactions.list(account="loy_1", type="earn", limit=2):
            pass

    assert [dict(query) for query in asked] == [
        {"account": "loy_1", "type": "earn", "limit": "2"},
        {"account": "loy_1", "type": "earn", "limit": "2", "starting_after": "a"},
    ]


async def test_an_empty_page_in_the_middle_is_not_the_end() -> None:
    service = Service(
        {None: page(2, more=True, cursor="a"), "a": page(more=True, cursor="b"), "b": page(1)}
    )
    async with service.client() as client:
        entries = client.loyalty.transactions.list()
        assert [entry.amount async for entry in entries] == [2, 1]


@pytest.mark.parametrize(
    "pages",
    [
        {None: page(2, more=True, cursor="a"), "a": page(1, more=True, cursor="a")},
        {
            None: page(3, more=True, cursor="a"),
            "a": page(2, more=True, cursor="b"),
            "b": page(1, more=True, cursor="a"),
        },
        {None: page(1, more=True)},
        {None: page(more=True)},
    ],
    ids=["the same again", "a circle of two", "no cursor", "no cursor, no items"],
)
@pytest.mark.parametrize("prefetch", [0, 1])
async def test_a_list_that_leads_nowhere_is_an_error(
    pages: dict[str | None, httpx.Response], prefetch: int
) -> None:
    service = Service(pages)
    amounts: list[int] = []
    async with service.client() as client:
        with pytest.raises(PaginationError):
            await read(client.loyalty.transactions.list(prefetch=prefetch), amounts)

    assert len(service.asked) == len(pages)
    assert amounts == sorted(set(amounts), reverse=True)


async def test_the_next_page_is_fetched_while_the_caller_works() -> None:
    service = Service(THREE)
    async with service.client() as client:
        async for entry in client.loyalty.transactions.list(prefetch=1):
            if entry.amount == 6:
                await aeventually(lambda: service.asked == [None, "a"])

    assert service.asked == [None, "a", "b"]


@pytest.mark.parametrize("prefetch", [0, 1])
async def test_a_fault_on_a_later_page_reaches_the_reader(prefetch: int) -> None:
    service = Service({None: page(2, 1, more=True, cursor="a"), "a": httpx.Response(500)})
    amounts: list[int] = []
    async with service.client() as client:
        with pytest.raises(InternalServerError):
            await read(client.loyalty.transactions.list(prefetch=prefetch), amounts)

    assert amounts == [2, 1]


async def test_the_other_envelope_is_read_as_well() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        after = request.url.params.get("starting_after")
        more = after is None
        body = {"object": "list", "data": [entry(2 if more else 1)], "has_more": more}
        assert after in (None, "ptx_2")
        return httpx.Response(200, content=json.dumps(body))

    transport = httpx.MockTransport(answer)
    async with AsyncVinr(
        secret_key="sk_test_1", http_client=httpx.AsyncClient(transport=transport)
    ) as client:
        entries = client.loyalty.transactions.list()
        assert [entry.amount async for entry in entries] == [2, 1]


LISTS: list[Callable[[AsyncVinr], Awaitable[object]]] = [
    lambda client: client.loyalty.transactions.list(),
    lambda client: client.points_transactions.list(),
    lambda client: client.loyalty_accounts.list(),
]


@pytest.mark.parametrize("end", ["", ',"has_more":null', ',"page":null', ',"more":false'])
@pytest.mark.parametrize("listing", LISTS, ids=range(len(LISTS)))
async def test_a_list_that_does_not_say_whether_it_ends(
    listing: Callable[[AsyncVinr], Awaitable[object]], end: str
) -> None:
    service = Service({None: httpx.Response(200, content=f'{{"object":"list","data":[]{end}}}')})
    async with service.client() as client:
        with pytest.raises(APIResponseError, match="has_more"):
            await listing(client)

    assert len(service.asked) == 1


async def test_rows_added_meanwhile_are_not_read_and_none_twice(client: AsyncVinr) -> None:
    member = await client.loyalty.accounts.create(program="prog_default")
    for amount in range(1, 8):
        await client.loyalty.transactions.create(account=member.id, amount=amount)

    found: list[int] = []
    async for entry in client.loyalty.transactions.list(account=member.id, limit=2):
        found.append(entry.amount)
        await client.loyalty.transactions.create(account=member.id, amount=100 + len(found))

    assert found == [7, 6, 5, 4, 3, 2, 1]

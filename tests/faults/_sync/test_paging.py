# Generated from tests/faults/_async/test_paging.py; do not edit.
"""A fault on the way through a list: only that page again, no row lost and none doubled."""

from __future__ import annotations

import json

import pytest

from tests.faults.faults import before, fin, status
from tests.faults.server import Fault, Server, http
from vinr import APIResponseError, PaginationError, Vinr


def page(*ids: str, more: bool, cursor: str | None = None, **extra: object) -> Fault:
    """One page of the ledger, in the guide's envelope."""
    rows: list[object] = [
        {"id": id, "account": "loy_1", "type": "adjust", "amount": 5, "reason": None,
         "metadata": {}}
        for id in ids
    ]  # fmt: skip
    where = {"has_more": more, "next_cursor": cursor}
    content = json.dumps({"object": "list", "data": rows, "page": where, **extra})
    return before("page", lambda wire: wire.send(http(200, content.encode())))


FIRST = page("ptx_1", "ptx_2", more=True, cursor="ptx_2")
LAST = page("ptx_3", "ptx_4", more=False)


def ids(client: Vinr) -> list[str]:
    return [entry.id for entry in client.loyalty.transactions.list(account="loy_1")]


@pytest.mark.parametrize(
    "fault", [before("FIN", fin), status(500), status(200, b"<html>"), status(429)]
)
def test_a_fault_on_the_second_page(server: Server, client: Vinr, fault: Fault) -> None:
    server.plan(FIRST, fault, LAST)

    assert ids(client) == ["ptx_1", "ptx_2", "ptx_3", "ptx_4"]
    first, *others = [request.path for request in server.requests]
    assert "starting_after" not in first
    assert len(others) == 2
    assert len(set(others)) == 1


def test_an_empty_page_in_between(server: Server, client: Vinr) -> None:
    server.plan(FIRST, page(more=True, cursor="ptx_x"), LAST)

    assert ids(client) == ["ptx_1", "ptx_2", "ptx_3", "ptx_4"]


@pytest.mark.parametrize(
    "second",
    [page("ptx_3", more=True, cursor="ptx_2"), page("ptx_3", more=True)],
    ids=["a repeated cursor", "no cursor"],
)
def test_a_list_that_does_not_say_where_it_goes_on(
    server: Server, client: Vinr, second: Fault
) -> None:
    server.plan(FIRST, second)

    with pytest.raises(PaginationError):
        ids(client)

    assert len(server.requests) == 2


def test_a_row_without_id(server: Server, client: Vinr) -> None:
    server.plan(FIRST, page("", more=False))

    with pytest.raises(APIResponseError):
        ids(client)


def test_a_url_to_another_host_is_ignored(server: Server, client: Vinr) -> None:
    server.plan(page("ptx_1", more=False, next="http://127.0.0.1:9/", url="http://127.0.0.1:9/"))

    assert ids(client) == ["ptx_1"]

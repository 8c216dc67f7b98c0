"""How a list is read on: by which cursor, in which direction, and never in a circle."""

from __future__ import annotations

import pytest

from vinr import InvalidRequestError, PaginationError
from vinr._calls import transactions
from vinr._calls.pages import Listing
from vinr._calls.transactions import list_
from vinr._models.envelope import Envelope
from vinr.loyalty import Transaction

Page = Envelope[Transaction]


def first(**window: object) -> Listing[Transaction]:
    return list_(account="loy_1", type=None, window=window)  # type: ignore[arg-type]  # a Window by name


def page(*ids: str, **told: object) -> Page:
    data = [{"id": id, "account": "loy_1", "type": "adjust", "amount": 1} for id in ids]
    return transactions.TransactionList.model_validate({"object": "list", "data": data, **told})


def query(listing: Listing[Transaction] | None) -> dict[str, object]:
    assert listing is not None
    return dict(listing.call.query)


@pytest.mark.parametrize(
    ("window", "cursor"),
    [
        ({}, ("starting_after", "ptx_2")),
        ({"starting_after": "ptx_9"}, ("starting_after", "ptx_2")),
        ({"ending_before": "ptx_9"}, ("ending_before", "ptx_1")),
    ],
)
def test_without_a_cursor_of_vinrs_the_ids_are_the_cursors(
    window: dict[str, object], cursor: tuple[str, str]
) -> None:
    following = first(limit=2, **window).after(page("ptx_1", "ptx_2", has_more=True))
    assert query(following) == {"account": "loy_1", "limit": "2", cursor[0]: cursor[1]}


@pytest.mark.parametrize("direction", ["starting_after", "ending_before"])
def test_the_cursor_of_vinr_goes_before_ids(direction: str) -> None:
    told = {"has_more": True, "next_cursor": "c1"}
    following = first(**{direction: "c0"}).after(page("ptx_1", page=told))
    assert query(following) == {"account": "loy_1", direction: "c1"}


def test_what_was_asked_for_goes_on_from_page_to_page() -> None:
    listing = first(max_items=7, prefetch=1)
    for number in (2, 3):
        following = listing.after(page(f"ptx_{number}", has_more=True))
        assert following is not None
        listing = following
        assert (listing.max_items, listing.prefetch, listing.number) == (7, 1, number)
        assert listing.call.operation == "transactions.list"
    assert listing.after(page("ptx_9", has_more=False)) is None


def test_a_cursor_that_came_before_is_a_circle() -> None:
    second = first().after(page("ptx_1", has_more=True))
    assert second is not None
    third = second.after(page("ptx_2", has_more=True))
    assert third is not None
    for again in ("ptx_2", "ptx_1"):
        with pytest.raises(PaginationError, match="circle"):
            third.after(page(again, has_more=True))
    assert query(second.after(page("ptx_2", has_more=True))) == query(third)  # the same once more


def test_a_new_iteration_may_read_the_same_pages() -> None:
    second = first().after(page("ptx_1", has_more=True))
    assert second is not None
    assert second.after(page("ptx_2", has_more=True)) is not None
    anew = second.restarted()
    assert (anew.number, anew.seen, anew.call) == (1, {}, second.call)


def test_more_without_a_way_to_it_is_an_error() -> None:
    for broken in (page(has_more=True), page("ptx_1", page={"has_more": True})):
        with pytest.raises(PaginationError, match="cursor"):
            first().after(broken)


@pytest.mark.parametrize(
    ("window", "param"),
    [({"max_items": -1}, "max_items"), ({"prefetch": -1}, "prefetch"), ({"limit": 0}, "limit")],
)
def test_a_window_that_is_none(window: dict[str, object], param: str) -> None:
    with pytest.raises(InvalidRequestError) as refused:
        first(**window)
    assert refused.value.param == param


def test_nothing_is_fetched_ahead_unasked() -> None:
    assert (first().prefetch, first().max_items, first().number) == (0, None, 1)

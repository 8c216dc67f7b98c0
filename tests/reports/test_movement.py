"""Points movement of any entries, from either dialect and from rows."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vinr import InvalidRequestError, PointsTransaction, VinrError
from vinr.loyalty import Transaction
from vinr.reports import Entry, Kind, Member, kind_of, points_movement

By: TypeAlias = Literal["day", "month"]

TYPES: Final = ("earn", "redeem", "expire", "adjust", "reverse", "merge", "gift", "credit")
ZONES: Final = ("UTC", "Europe/Berlin", "Pacific/Apia", "America/St_Johns")
BY: Final[tuple[By, ...]] = ("day", "month")
POINTS: Final = st.integers(-(2**63) + 1, 2**63 - 1)
TIMES: Final = st.datetimes(datetime(2025, 12, 1), datetime(2026, 3, 5), timezones=st.just(UTC))  # noqa: DTZ001  # hypothesis wants them so


def entries_at(times: st.SearchStrategy[datetime | None]) -> st.SearchStrategy[list[Entry]]:
    names = st.sampled_from(TYPES)
    return st.lists(st.builds(Entry, st.just("ptx_1"), st.just("loy_1"), names, POINTS, times))


@given(
    entries_at(TIMES | st.none()),
    st.sampled_from(BY),
    st.sampled_from(ZONES),
    st.none() | st.dates(date(2025, 12, 1), date(2026, 1, 31)),
    st.none() | st.dates(date(2026, 2, 1), date(2026, 3, 31)),
)
def test_nothing_is_lost_and_nothing_counts_twice(
    entries: list[Entry], by: By, zone: str, start: date | None, end: date | None
) -> None:
    report = points_movement(entries, by=by, timezone=zone, start=start, end=end)
    timed = [(each.at.astimezone(ZoneInfo(zone)).date(), each) for each in entries if each.at]
    expected: Counter[tuple[date, Kind]] = Counter()
    outstanding = report.opening
    for day, each in timed:
        period = next((p for p in report.periods if p.start <= day < p.end), None)
        if period is not None:
            expected[period.start, kind_of(each)] += each.points
    for period in report.periods:
        assert period.opening == outstanding
        moved = {kind: getattr(period, kind) for kind in Kind}
        assert moved == {kind: expected[period.start, kind] for kind in Kind}
        outstanding += sum(moved.values())
        assert period.closing == outstanding
    starts, ends = ([getattr(p, edge) for p in report.periods] for edge in ("start", "end"))
    assert starts[1:] == ends[:-1]
    assert report.opening == sum(each.points for day, each in timed if start and day < start)
    assert report.later == sum(each.points for day, each in timed if end and day >= end)
    assert report.ledger == sum(each.points for each in entries)
    assert report.adds_up
    untimed = [each.points for each in entries if each.at is None]
    assert (report.untimed.entries, report.untimed.points) == (len(untimed), sum(untimed))


@given(entries_at(TIMES), st.randoms())
def test_the_order_of_entries_does_not_matter(entries: list[Entry], order: random.Random) -> None:
    shuffled = [*entries]
    order.shuffle(shuffled)
    assert points_movement(shuffled) == points_movement(entries)


def entry(type: str, points: int, day: int = 1) -> Entry:
    return Entry("ptx_1", "loy_1", type, points, datetime(2026, 1, day, tzinfo=UTC))


@pytest.mark.parametrize(
    ("type", "points", "kind"),
    [
        ("earn", 5, "earned"),
        ("redeem", -5, "redeemed"),
        ("expire", -5, "expired"),
        ("adjust", -5, "adjusted"),
        ("reverse", -5, "reversed"),
        ("reverse", 5, "released"),
        ("merge", 5, "merged"),
        ("gift", 5, "other"),
    ],
)
def test_each_type_is_its_movement(type: str, points: int, kind: str) -> None:
    [period] = points_movement([entry(type, points)]).periods
    assert {name: getattr(period, name) for name in Kind if getattr(period, name)} == {kind: points}


def test_your_own_reasons_decide() -> None:
    entries = [{"id": "pt_1", "loyalty_account": "la_1", "type": "debit", "amount": 5}]
    entries[0] |= {"created": 1_767_225_600, "reason": "reward"}

    def by_reason(entry: Entry) -> Kind:
        return Kind.REDEEMED if entry.reason == "reward" else kind_of(entry)

    assert [period.other for period in points_movement(entries).periods] == [-5]
    [period] = points_movement(entries, classify=by_reason).periods
    assert (period.redeemed, period.other) == (-5, 0)


def test_balances_are_held_against_the_ledger() -> None:
    members: list[Member | dict[str, object]] = [
        Member("loy_1", 7),
        {"id": "la_2", "points_balance": "3"},
    ]
    assert points_movement([entry("earn", 10)], members=members).difference == 0
    report = points_movement([entry("earn", 9)], members=members)
    assert (report.difference, report.adds_up) == (1, False)


def test_a_month_begins_in_its_time_zone() -> None:
    late = datetime(2026, 1, 31, 23, 30, tzinfo=UTC)
    sooner = Entry("ptx_1", "loy_1", "earn", 1, late - timedelta(hours=1))
    entries = [sooner, Entry("ptx_2", "loy_1", "earn", 2, late)]
    months = points_movement(entries, timezone="Europe/Berlin").periods
    assert [(period.start, period.earned) for period in months] == [
        (date(2026, 1, 1), 1),
        (date(2026, 2, 1), 2),
    ]


def test_what_is_outstanding_is_told_where_nothing_moved_since() -> None:
    before = Entry("ptx_1", "loy_1", "adjust", 500, datetime(2025, 11, 3, tzinfo=UTC))
    report = points_movement([before], start=date(2026, 1, 1))
    assert [(p.start, p.opening, p.closing) for p in report.periods] == [
        (date(2026, 1, 1), 500, 500)
    ]


def test_months_without_entries_are_there() -> None:
    report = points_movement([], start=date(2026, 1, 15), end=date(2026, 3, 2))
    assert [(period.start, period.end) for period in report.periods] == [
        (date(2026, 1, 15), date(2026, 2, 1)),
        (date(2026, 2, 1), date(2026, 3, 1)),
        (date(2026, 3, 1), date(2026, 3, 2)),
    ]


GUIDE: Final = {"id": "ptx_1", "account": "loy_1", "type": "earn", "amount": 2**62 + 1}
REFERENCE: Final = {
    "id": "pt_1",
    "loyalty_account": "la_1",
    "type": "debit",
    "amount": 5,
    "points_after": 0,
    "created": 1_767_225_600,
}


@pytest.mark.parametrize(
    ("item", "points"),
    [
        (Transaction.model_validate(GUIDE | {"created_at": "2026-01-01T00:00:00Z"}), 2**62 + 1),
        (Transaction.model_validate(GUIDE | {"created": 1_767_225_600}), 2**62 + 1),
        (PointsTransaction.model_validate(REFERENCE), -5),
        (GUIDE | {"created_at": "2026-01-01T01:00:00+01:00"}, 2**62 + 1),
        (GUIDE | {"amount": str(2**62 + 1), "created_at": "1767225600"}, 2**62 + 1),
        (REFERENCE | {"loyalty_account": {"id": "la_1", "points_balance": 0}}, -5),
    ],
)
def test_either_dialect_and_rows_are_read(item: Transaction, points: int) -> None:
    [period] = points_movement([item]).periods
    assert (period.start, period.closing) == (date(2026, 1, 1), points)


@pytest.mark.parametrize("time", [None, "", "yesterday", 10**18])
def test_an_entry_without_a_time_is_named(time: object) -> None:
    report = points_movement([GUIDE | {"created_at": time}])
    assert report.periods == ()
    assert (report.closing, report.ledger) == (0, 2**62 + 1)
    assert report.untimed.ids == ("ptx_1",)


def test_only_a_hundred_of_them_are_named_and_all_are_counted() -> None:
    report = points_movement(GUIDE | {"amount": 1} for _ in range(500))
    assert (len(report.untimed.ids), report.untimed.points) == (100, 500)


@pytest.mark.parametrize(
    ("wrong", "param"),
    [
        ({"amount": 1.5}, "amount"),
        ({"amount": "1,000"}, "amount"),
        ({"amount": True}, "amount"),
        ({"amount": None}, "amount"),
        ({"id": None}, "id"),
        ({"account": ""}, "account"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused(wrong: dict[str, object], param: str) -> None:
    with pytest.raises(InvalidRequestError) as raised:
        points_movement([GUIDE | wrong])
    assert raised.value.param == param


def test_a_sign_is_not_guessed() -> None:
    with pytest.raises(VinrError, match="sign is unknown"):
        points_movement([PointsTransaction.model_validate(REFERENCE | {"type": "hold"})])

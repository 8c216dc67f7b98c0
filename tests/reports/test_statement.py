"""Statements, reconciliation and liability of entries and members that one has."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vinr import InvalidRequestError, LoyaltyAccount
from vinr.loyalty import Account
from vinr.reports import (
    Drift,
    Entry,
    Liability,
    Member,
    member_statement,
    points_liability,
    reconcile,
)


def entry(number: int, points: int, day: int | None, account: str = "loy_1") -> Entry:
    at = None if day is None else datetime(2026, 1, day, tzinfo=UTC)
    return Entry(f"ptx_{number}", account, "adjust", points, at)


NEWEST_FIRST = [entry(number, 10**number, (number + 1) // 2) for number in range(6, 0, -1)]
"""Two on each of three days."""


def test_lines_are_in_the_order_in_which_they_were_written() -> None:
    statement = member_statement(NEWEST_FIRST, start=date(2026, 1, 2), end=date(2026, 1, 3))
    assert statement.opening == 110
    assert [(line.id, line.balance) for line in statement.lines] == [
        ("ptx_3", 1_110),
        ("ptx_4", 11_110),
    ]
    assert (statement.closing, statement.later) == (11_110, 1_100_000)
    assert (statement.balance, statement.difference) == (None, None)


def test_entries_without_a_time_are_in_no_line() -> None:
    member = Member("loy_1", 8)
    statement = member_statement([entry(1, 5, None), entry(2, 3, 1)], member=member)
    assert (statement.closing, statement.untimed.points, statement.untimed.ids) == (
        3,
        5,
        ("ptx_1",),
    )


@pytest.mark.parametrize("member", [None, Member("loy_2", 0)])
def test_a_statement_is_of_one_member(member: Member | None) -> None:
    entries = [entry(1, 5, 1), entry(2, 5, 1, "loy_2" if member is None else "loy_1")]
    with pytest.raises(InvalidRequestError, match="loy_1 and of loy_2"):
        member_statement(entries, member=member)


LEDGER = [entry(1, 30, 1, "loy_1"), entry(2, -10, None, "loy_1"), entry(3, 5, 1, "loy_2")]


def test_balances_that_are_their_ledgers_have_no_drift() -> None:
    result = reconcile([Member("loy_1", 20), Member("loy_2", 5), Member("loy_3", 0)], LEDGER)
    assert (result.members, result.balance, result.ledger) == (3, 25, 25)
    assert (result.drifts, result.difference) == ((), 0)


def test_every_drift_is_named_also_where_they_cancel_out() -> None:
    result = reconcile([Member("loy_1", 15, "active"), Member("loy_2", 10, "closed")], LEDGER)
    assert result.difference == 0
    assert result.drifts == (
        Drift("loy_1", "active", 15, 20),
        Drift("loy_2", "closed", 10, 5),
    )
    assert [drift.difference for drift in result.drifts] == [-5, 5]


def test_entries_of_a_member_who_is_not_there_are_a_drift() -> None:
    [drift] = reconcile([Member("loy_1", 20)], LEDGER).drifts
    assert (drift.account, drift.balance, drift.ledger, drift.difference) == ("loy_2", None, 5, -5)


ACCOUNT = {"id": "loy_1", "program": "prog_1", "customer": None, "lifetime_points": 0, "tier": None}


def test_liability_is_by_status() -> None:
    closed = Account.model_validate(ACCOUNT | {"status": "closed", "balance": 7})
    active = ACCOUNT | {"status": "active", "balance": 2**62}
    reference: LoyaltyAccount = LoyaltyAccount.model_validate(
        {"id": "la_1", "customer": "cust_1", "points_balance": 1, "tier": "t", "programme_id": "p"}
    )
    liability = points_liability(
        [closed, active, reference], point_value=Decimal("0.01"), currency="EUR"
    )
    assert liability.points == 2**62 + 8
    assert liability.by_status == {"closed": 7, "active": 2**62}
    assert liability.amount == Decimal("46116860184273879.12")


@given(st.integers(0, 10**30), st.decimals(0, 1_000_000, allow_nan=False, places=9))
def test_liability_is_exact(points: int, value: Decimal) -> None:
    amount = Liability(points, value, "EUR").amount
    assert Fraction(amount) == points * Fraction(value)


MONEY: dict[str, Any] = {"points": 1, "point_value": Decimal("0.01"), "currency": "EUR"}


@pytest.mark.parametrize(
    ("wrong", "param"),
    [
        ({"point_value": 0.01}, "point_value"),
        ({"point_value": Decimal(-1)}, "point_value"),
        ({"point_value": Decimal("NaN")}, "point_value"),
        ({"currency": "euro"}, "currency"),
    ],
)
def test_what_is_no_money_is_refused(wrong: dict[str, Any], param: str) -> None:
    with pytest.raises(InvalidRequestError) as raised:
        Liability(**MONEY | wrong)
    assert raised.value.param == param

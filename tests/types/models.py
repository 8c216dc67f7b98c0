"""Never run: objects that a test of somebody's makes by hand, as mypy and pyright see them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import assert_type

from vinr.loyalty import Account, Transaction


def made_by_hand() -> None:
    member = Account(id="loy_1", program="prog_1", status="active", balance=0, lifetime_points=0)
    assert_type(member.balance, int)
    entry = Transaction(
        id="ptx_1", account="loy_1", type="earn", amount=5, created_at=datetime.now(UTC)
    )
    assert_type(entry.amount, int)


def what_is_missing() -> None:
    Account(id="loy_1")  # type: ignore[call-arg]  # no balance

"""Never run: mistakes that mypy and pyright must find; an ignore that is not needed is an error."""

# pyright: reportUnnecessaryTypeIgnoreComment=true

from __future__ import annotations

from vinr import Vinr


def wrong_calls(client: Vinr) -> None:
    transactions = client.loyalty.transactions
    transactions.create(amount=1)  # type: ignore[call-arg]  # no account
    transactions.create(account="loy_1", amount=1.5)  # type: ignore[arg-type]  # points are whole
    transactions.post_once(account="loy_1", amount=1)  # type: ignore[call-arg]  # no reference
    client.with_options(time_out=5)  # type: ignore[call-arg]  # there is no such option


def a_member_may_have_no_tier(client: Vinr) -> int | None:
    member = client.loyalty.accounts.retrieve("loy_1", expand=["tier"])
    return member.tier.min_points  # type: ignore[union-attr]

"""Why a balance changed between two times: sums by type and reason, and the entries behind them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from ..._ledgers._sync.ledgers import first_page
from ...loyalty import Account, Transaction
from ...reports._sync.settled import settled
from .answers import Entry, Explanation, Member, Movement, shortened
from .service import Service

_MOST_ENTRIES: Final = 100
_MOST_REASONS: Final = 50
_MINUTES: Final = "%Y-%m-%d %H:%M %Z"

_Cause = tuple[str, str | None]


@dataclass(slots=True)
class _Tally:
    """Sums a whole ledger, newest entry first; keeps the newest entries of the window."""

    since: datetime
    until: datetime | None
    points: int = 0
    before: int = 0
    within: Counter[_Cause] = field(default_factory=Counter[_Cause])
    counts: Counter[_Cause] = field(default_factory=Counter[_Cause])
    entries: list[Transaction] = field(default_factory=list[Transaction])
    untimed: int = 0

    def add(self, item: Transaction) -> None:
        self.points += item.amount
        at = item.created_at
        if at is None:
            self.untimed += 1
        elif at < self.since:
            self.before += item.amount
        elif self.until is None or at < self.until:
            self.within[item.type, item.reason] += item.amount
            self.counts[item.type, item.reason] += 1
            if len(self.entries) < _MOST_ENTRIES:
                self.entries.append(item)


def explain(
    service: Service, account: Account, since: datetime, until: datetime | None
) -> Explanation:
    """Reads the whole ledger; the member's balance is of the same moment."""
    client = service.client
    current = client.loyalty.accounts.retrieve(account.id)
    current, tally = settled(
        client, current, first_page(client, account.id), lambda: _Tally(since, until)
    )
    after = tally.before + tally.within.total()
    explanation = Explanation(
        mode=service.mode,
        summary="",
        member=Member.of(current),
        since=since,
        until=until,
        balance_before=tally.before,
        balance_after=after,
        difference=after - tally.before,
        movements=_movements(tally),
        entries=[Entry.of(entry) for entry in tally.entries],
        entries_in_all=tally.counts.total(),
        adds_up=tally.points == current.balance and not tally.untimed,
    )
    explanation.summary = _in_words(explanation, tally)
    return explanation


def _movements(tally: _Tally) -> list[Movement]:
    """By type and reason, the largest first; small ones by type alone where there are many."""
    causes = sorted(tally.within, key=lambda cause: abs(tally.within[cause]), reverse=True)
    movements = [
        Movement(
            type=type,
            reason=shortened(reason),
            points=tally.within[type, reason],
            entries=tally.counts[type, reason],
        )
        for type, reason in causes[:_MOST_REASONS]
    ]
    rest: dict[str, Movement] = {}
    for cause in causes[_MOST_REASONS:]:
        type = cause[0]
        small = rest.setdefault(type, Movement(type=type, reason=None, points=0, entries=0))
        small.points += tally.within[cause]
        small.entries += tally.counts[cause]
        small.other_reasons += 1
    return [*movements, *rest.values()]


def _in_words(found: Explanation, tally: _Tally) -> str:
    # by type alone: reasons are others' words, and stay in fields of their own
    parts: list[str] = []
    if tally.untimed:
        parts.append(
            f"{tally.untimed} entries do not say when they were written and are in no sum, so these"
            " are not the whole of it."
        )
    end = "now" if found.until is None else f"at {found.until:{_MINUTES}}"
    parts.append(
        f"{found.member.account} had {found.balance_before:,} points at {found.since:{_MINUTES}}"
        f" and {found.balance_after:,} {end}: {found.difference:+,}."
    )
    by_type: Counter[str] = Counter()
    for (type, _), points in tally.within.items():
        by_type[type] += points
    parts += [f"{points:+,} by {type}." for type, points in by_type.items()]
    if found.entries_in_all > len(found.entries):
        parts.append(f"The newest {len(found.entries)} of {found.entries_in_all} entries are here.")
    if found.member.status == "merged":
        parts.append(
            "It was merged into another account, which has its entries now; VINR does not tell into"
            " which one."
        )
    if tally.points != found.member.balance:
        parts.append(
            f"The whole ledger adds up to {tally.points:,} points, and VINR says that the balance"
            f" is {found.member.balance:,}: somebody should look into that."
        )
    return " ".join(parts)

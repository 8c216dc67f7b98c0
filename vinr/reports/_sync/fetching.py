# Generated from vinr/reports/_async/fetching.py; do not edit.
"""Reports that read what they need through a client."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, tzinfo
from decimal import Decimal
from functools import partial

from ..._ledgers._sync.ledgers import PAGE, first_page, read_ledgers
from ..._ledgers.progress import OnProgress
from ..._models.transaction import Transaction
from ..._sync.client import Vinr
from ..entries import Classify, Member, kind_of
from ..liability import Liability, LiabilityTally
from ..movement import MovementReport, MovementTally, Range
from ..periods import By, check_range, time_zone
from ..reconciliation import Reconciliation, ReconciliationTally
from ..statement import Statement, StatementTally
from .settled import settled


def fetch_points_movement(
    client: Vinr,
    *,
    program: str | None = None,
    by: By = "month",
    start: date | None = None,
    end: date | None = None,
    timezone: tzinfo | str = UTC,
    classify: Classify = kind_of,
    workers: int = 8,
    on_progress: OnProgress | None = None,
) -> MovementReport:
    """The points movement of a program, or of all, each balance held against its ledger.

    The other arguments are those of ``points_movement``. It takes a request for each member and
    each hundred entries, with ``workers`` members at a time; a key with one program gets the same
    report in fewer by ``points_movement(client.loyalty.transactions.list(limit=100))``.
    ``on_progress`` is called with the members read and about how many there are. Members should
    not be merged meanwhile: their entries might count twice, or not at all.

    Raises InvalidRequestError before anything is sent, and any VinrError of a call.

    Source: our choice.
    """
    new_tally = partial(MovementTally, Range(by, start, end, time_zone(timezone)), classify)
    total, balance = new_tally(), 0
    ledgers = read_ledgers(client, program=program, workers=workers, on_progress=on_progress)
    with closing(ledgers):
        for ledger in ledgers:
            account, tally = settled(client, ledger.account, ledger.entries, new_tally)
            total.include(tally)
            balance += account.balance
    return total.report(balance)


def fetch_points_liability(
    client: Vinr, *, point_value: Decimal, currency: str, program: str | None = None
) -> Liability:
    """What the balances of a program's members, or of all, are worth now.

    It takes a request for each hundred members. Raises as ``points_liability``, before anything is
    sent, and any VinrError of a call.

    Source: our choice.
    """
    tally = LiabilityTally(point_value, currency)
    for account in client.loyalty.accounts.list(program=program, limit=PAGE):
        tally.add(account)
    return tally.total()


def fetch_member_statement(
    client: Vinr,
    account: str,
    *,
    start: date | None = None,
    end: date | None = None,
    timezone: tzinfo | str = UTC,
    classify: Classify = kind_of,
) -> Statement:
    """The statement of a member, with the balance held against the ledger.

    The other arguments are those of ``member_statement``. Raises InvalidRequestError before
    anything is sent, NotFoundError where there is no such member, and any VinrError of a call.

    Source: our choice.
    """
    check_range(start, end)
    new_tally = partial(StatementTally, start, end, time_zone(timezone), classify)
    member = client.loyalty.accounts.retrieve(account)
    entries = first_page(client, member.id)
    member, tally = settled(client, member, entries, new_tally)
    return tally.statement(member)


def fetch_reconciliation(
    client: Vinr,
    *,
    program: str | None = None,
    workers: int = 8,
    on_progress: OnProgress | None = None,
) -> Reconciliation:
    """Each balance of a program's members, or of all, recomputed from its ledger.

    A member whose balance and ledger disagree is read again, so that a posting under way is no
    drift. ``workers`` and ``on_progress`` are as with ``fetch_points_movement``; constant memory.

    Raises InvalidRequestError before anything is sent, and any VinrError of a call.

    Source: our choice.
    """
    total = ReconciliationTally()
    ledgers = read_ledgers(client, program=program, workers=workers, on_progress=on_progress)
    with closing(ledgers):
        for ledger in ledgers:
            account, tally = settled(client, ledger.account, ledger.entries, _Sum)
            total.add(Member(account.id, account.balance, account.status), tally.points)
    return total.total()


@dataclass(slots=True)
class _Sum:
    points: int = 0

    def add(self, item: Transaction) -> None:
        self.points += item.amount

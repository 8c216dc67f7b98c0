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

    It takes a request for each member and each hundred entries; a key with one program gets the
    same report in fewer by ``points_movement(client.loyalty.transactions.list(limit=100))``.
    Members should not be merged meanwhile: their entries might count twice, or not at all.

    Args:
        client: What to read and write through.
        program: The program's id; all programs if left out.
        by: ``month`` or ``day``.
        start: The first day, in ``timezone``; from the first entry on if left out.
        end: The first day that does not count any more; up to the last entry if left out.
        timezone: Whose days and months, such as ``Europe/Berlin``.
        classify: Decides what each entry counts as.
        workers: How many members are read side by side.
        on_progress: Called with the members read, and about how many there are.

    Raises:
        InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
        VinrError: A call failed.

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

    It takes a request for each hundred members.

    Args:
        client: What to read and write through.
        point_value: Of one point in units of the currency, such as ``Decimal("0.01")``; never a
            float.
        currency: Its ISO 4217 code, such as ``EUR``.
        program: The program's id; all programs if left out.

    Raises:
        InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
        VinrError: A call failed.

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

    Args:
        client: What to read and write through.
        account: The member's id, ``loy_…``.
        start: The first day with lines of its own; what was before is the opening.
        end: The first day that does not count any more; up to the last entry if left out.
        timezone: Whose days and months, such as ``Europe/Berlin``.
        classify: Decides what each entry counts as.

    Raises:
        InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
        NotFoundError: There is no such object, or not for this key.
        VinrError: A call failed.

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
    """Each balance of a program's members, or of all, recomputed from its ledger; constant memory.

    A member whose balance and ledger disagree is read again, so that a posting under way is no
    drift.

    Args:
        client: What to read and write through.
        program: The program's id; all programs if left out.
        workers: How many members are read side by side.
        on_progress: Called with the members read, and about how many there are.

    Raises:
        InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
        VinrError: A call failed.

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

"""Reconciliation: each balance recomputed from its ledger, and every drift named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from .entries import EntryLike, Member, MemberLike, entry_of, member_of


@dataclass(frozen=True, slots=True)
class Drift:
    """A member whose balance is not the sum of the ledger."""

    account: str
    """The member's id."""
    status: str | None
    """``active``, ``closed`` or ``merged``; None where nobody says."""
    balance: int | None
    """As VINR says it; None for entries of a member that was not given."""
    ledger: int
    """The sum of the entries."""

    @property
    def difference(self) -> int:
        """The balance less the ledger; a member that was not given has a balance of 0."""
        return (self.balance or 0) - self.ledger


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Every balance against its ledger."""

    members: int
    """How many were compared."""
    balance: int
    """All balances together."""
    ledger: int
    """All entries together."""
    drifts: tuple[Drift, ...]
    """Empty where every balance is the sum of its ledger."""

    @property
    def difference(self) -> int:
        """All balances less all entries; drifts in both directions can hide in a zero."""
        return self.balance - self.ledger


def reconcile(members: Iterable[MemberLike], entries: Iterable[EntryLike]) -> Reconciliation:
    """Recomputes each balance from the entries, in any order; all entries have to be there.

    A merge takes entries along, so a merged member has none and a balance of 0. Memory grows with
    the number of members, not with that of entries.

    Args:
        members: Of either dialect, as models or as rows of an export.
        entries: Of either dialect, as models or as rows of an export.

    Raises:
        InvalidRequestError: A row that cannot be read.

    Source: our choice.
    """
    ledgers: Counter[str] = Counter()
    for entry in map(entry_of, entries):
        ledgers[entry.account] += entry.points
    tally = ReconciliationTally()
    for member in map(member_of, members):
        tally.add(member, ledgers.pop(member.id, 0))
    for account, points in ledgers.items():
        tally.add_stray(account, points)
    return tally.total()


@dataclass(slots=True)
class ReconciliationTally:
    """Compares member by member, in constant memory but for the drifts."""

    members: int = 0
    balance: int = 0
    ledger: int = 0
    drifts: list[Drift] = field(default_factory=list[Drift])

    def add(self, member: Member, ledger: int) -> None:
        """A member, and the sum of the member's entries."""
        self.members += 1
        self.balance += member.balance
        self.ledger += ledger
        if member.balance != ledger:
            self.drifts.append(Drift(member.id, member.status, member.balance, ledger))

    def add_stray(self, account: str, ledger: int) -> None:
        """Entries of a member that is not among those given."""
        self.ledger += ledger
        self.drifts.append(Drift(account, None, None, ledger))

    def total(self) -> Reconciliation:
        """What was compared."""
        return Reconciliation(self.members, self.balance, self.ledger, tuple(self.drifts))

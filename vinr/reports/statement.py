"""A member's statement: opening, movements with the balance behind each, closing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo

from ..errors import InvalidRequestError
from .entries import Classify, Entry, EntryLike, Kind, MemberLike, entry_of, kind_of, member_of
from .periods import check_range, time_zone
from .untimed import Untimed, UntimedTally


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One entry, and what the balance was then."""

    at: datetime
    """In the time zone of the statement."""
    id: str
    """Of the entry, ``ptx_…`` or ``pt_…``."""
    kind: Kind
    """What it did to the points."""
    points: int
    """Signed."""
    balance: int
    """Behind this entry."""
    reason: str | None
    """Why it was posted, in your words."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A member's points from one day up to another, oldest entry first."""

    account: str | None
    """None where there are no entries and no member was given."""
    opening: int
    """The sum of all entries before the first day."""
    lines: tuple[StatementLine, ...]
    """The entries from the first day up to the end, oldest first."""
    closing: int
    """The sum of all entries up to the end."""
    later: int
    """Points of entries behind the end."""
    untimed: Untimed
    """Entries that do not say when they were written: no line has them, nor opening or closing."""
    balance: int | None
    """The balance that VINR says now; None where no member was given."""

    @property
    def difference(self) -> int | None:
        """The balance less all entries; None where no member was given."""
        if self.balance is None:
            return None
        return self.balance - (self.closing + self.later + self.untimed.points)


def member_statement(
    entries: Iterable[EntryLike],
    *,
    member: MemberLike | None = None,
    start: date | None = None,
    end: date | None = None,
    timezone: tzinfo | str = UTC,
    classify: Classify = kind_of,
) -> Statement:
    """The statement of the one member whose entries these are.

    As of the end of June 2026 it is ``end=date(2026, 7, 1)``: the first day that does not count. A
    merge takes entries along, with their times: the statement of the survivor has them as if they
    had always been there.

    Args:
        entries: All entries of the member, newest first.
        member: Whose balance is held against the ledger.
        start: The first day with lines of its own; what was before is the opening.
        end: The first day that does not count any more; up to the last entry if left out.
        timezone: Whose days and months, such as ``Europe/Berlin``.
        classify: Decides what each entry counts as.

    Raises:
        InvalidRequestError: Entries of two members, or a row that cannot be read.

    Source: our choice.
    """
    tally = StatementTally(start, end, time_zone(timezone), classify)
    for entry in entries:
        tally.add(entry)
    return tally.statement(member)


@dataclass(slots=True)
class StatementTally:
    """Keeps the entries of the statement's days, and sums the others."""

    start: date | None
    end: date | None
    zone: tzinfo
    classify: Classify = kind_of
    points: int = 0
    """Of all entries."""
    _account: str | None = None
    _opening: int = 0
    _later: int = 0
    _untimed: UntimedTally = field(default_factory=UntimedTally)
    _within: list[tuple[datetime, Entry]] = field(default_factory=list[tuple[datetime, Entry]])

    def __post_init__(self) -> None:
        check_range(self.start, self.end)

    def add(self, item: EntryLike) -> None:
        """One entry more, older than those before."""
        entry = entry_of(item)
        self._refuse_other(entry.account)
        self.points += entry.points
        if entry.at is None:
            self._untimed.add(entry)
            return
        at = entry.at.astimezone(self.zone)
        if self.start is not None and at.date() < self.start:
            self._opening += entry.points
        elif self.end is not None and at.date() >= self.end:
            self._later += entry.points
        else:
            self._within.append((at, entry))

    def _refuse_other(self, account: str) -> None:
        if self._account not in (None, account):
            raise InvalidRequestError(
                f"a statement is of one member, and these entries are of {self._account} and of"
                f" {account}",
                param="entries",
            )
        self._account = account

    def statement(self, item: MemberLike | None) -> Statement:
        """What was kept, with the member to hold it against."""
        member = None if item is None else member_of(item)
        if member is not None:
            self._refuse_other(member.id)
        # newest first came in; entries of one moment stay in the order in which they were written
        self._within.reverse()
        self._within.sort(key=lambda each: each[0])
        balance = self._opening
        lines: list[StatementLine] = []
        for at, entry in self._within:
            balance += entry.points
            kind = self.classify(entry)
            lines.append(StatementLine(at, entry.id, kind, entry.points, balance, entry.reason))
        return Statement(
            account=self._account,
            opening=self._opening,
            lines=tuple(lines),
            closing=balance,
            later=self._later,
            untimed=self._untimed.total(),
            balance=None if member is None else member.balance,
        )

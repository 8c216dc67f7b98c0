"""Points movement: what was outstanding, what came and went, what is outstanding then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo

from .entries import Classify, Entry, EntryLike, Kind, MemberLike, entry_of, kind_of, member_of
from .periods import By, check_by, check_range, first_day, next_period, time_zone
from .untimed import Untimed, UntimedTally


@dataclass(frozen=True, slots=True)
class PeriodMovement:
    """The points of one day or month; all of them signed, so that they add up."""

    start: date
    """Its first day."""
    end: date
    """The first day that does not belong to it."""
    opening: int
    """Points outstanding when it began: the sum of all entries before it."""
    earned: int
    """Points given by payments and other rules."""
    reversed: int
    """Points taken back, as payments were refunded; zero or below."""
    redeemed: int
    """Points spent on rewards; zero or below."""
    released: int
    """Points given back, as redemptions came to nothing."""
    adjusted: int
    """Points corrected by hand, up and down."""
    expired: int
    """Points lost by time; zero or below."""
    merged: int
    """Points of entries of the type ``merge``; VINR documents that there are none."""
    other: int
    """Points of types that this version does not know, and credits and debits of the
    reference's."""
    closing: int
    """Points outstanding when it ended: the sum of all entries up to then."""
    entries: int
    """How many there were."""

    @property
    def moved(self) -> int:
        """All movements together."""
        gained = self.earned + self.released + self.adjusted + self.merged + self.other
        return gained + self.reversed + self.redeemed + self.expired

    @property
    def difference(self) -> int:
        """Closing less opening less movements. Not zero: a movement is missing, or counted twice.

        ``opening`` and ``closing`` are summed apart from the movements, so this is a proof.
        """
        return self.closing - self.opening - self.moved


@dataclass(frozen=True, slots=True)
class MovementReport:
    """Points movement, period by period without gaps, oldest first."""

    periods: tuple[PeriodMovement, ...]
    """Days or months, as ``by`` says."""
    opening: int
    """Points outstanding before the first period."""
    closing: int
    """Points outstanding behind the last period."""
    later: int
    """Points of entries behind the last period."""
    untimed: Untimed
    """Entries that do not say when they were written: in no period, nor in opening or closing."""
    balance: int | None
    """The balances of all members together as VINR says them; None where no members were given."""

    @property
    def ledger(self) -> int:
        """All entries together: closing, later ones, and those without a time."""
        return self.closing + self.later + self.untimed.points

    @property
    def difference(self) -> int | None:
        """``balance`` less ``ledger``; None where no members were given."""
        return None if self.balance is None else self.balance - self.ledger

    @property
    def adds_up(self) -> bool:
        """Whether every difference is zero."""
        return not self.difference and not any(period.difference for period in self.periods)


def points_movement(
    entries: Iterable[EntryLike],
    *,
    members: Iterable[MemberLike] | None = None,
    by: By = "month",
    start: date | None = None,
    end: date | None = None,
    timezone: tzinfo | str = UTC,
    classify: Classify = kind_of,
) -> MovementReport:
    """What came and went, by month or day, of entries in any order.

    The entries have to be all that there are up to ``end``, or opening and closing are not what is
    outstanding. Memory does not grow with their number.

    Args:
        entries: Of either dialect, as models or as rows of an export.
        members: Whose balances are held against the ledger.
        by: ``month`` or ``day``.
        start: The first day, in ``timezone``; from the first entry on if left out.
        end: The first day that does not count any more; up to the last entry if left out.
        timezone: Whose days and months, such as ``Europe/Berlin``.
        classify: Decides what each entry counts as.

    Raises:
        InvalidRequestError: A row that cannot be read, or a range that cannot be.

    Example:
        ```python
        report = reports.points_movement(client.loyalty.transactions.list(limit=100))
        print(report.opening, report.closing, report.adds_up)
        ```

    Source: our choice.
    """
    tally = MovementTally(Range(by, start, end, time_zone(timezone)), classify)
    for entry in entries:
        tally.add(entry)
    balance = None if members is None else sum(member_of(each).balance for each in members)
    return tally.report(balance)


@dataclass(frozen=True, slots=True)
class Range:
    """Which days a report covers, and in what periods."""

    by: By
    start: date | None
    end: date | None
    zone: tzinfo

    def __post_init__(self) -> None:
        check_by(self.by)
        check_range(self.start, self.end)

    def day(self, at: datetime) -> date:
        """The day of a moment."""
        return at.astimezone(self.zone).date()

    def periods(self, first: date | None, last: date | None) -> Iterator[tuple[date, date]]:
        """Start and end of each period; ``first`` and ``last`` are days of known entries."""
        start, end = self.start or first, self.end
        last = last or start  # without an entry there is one period, for what is outstanding
        if end is None and last is not None:
            end = next_period(first_day(last, self.by), self.by)
        while start is not None and end is not None and start < end:
            behind = next_period(start, self.by)
            yield start, min(behind, end)
            start = behind


@dataclass(slots=True)
class MovementTally:
    """Sums entries by period; two of them can be put together."""

    range: Range
    classify: Classify = kind_of
    points: int = 0
    """Of all entries."""
    _before: int = 0
    _later: int = 0
    _untimed: UntimedTally = field(default_factory=UntimedTally)
    _sums: Counter[date] = field(default_factory=Counter[date])
    """All points of each period, summed apart from the kinds."""
    _counts: Counter[date] = field(default_factory=Counter[date])
    _moved: Counter[tuple[date, Kind]] = field(default_factory=Counter[tuple[date, Kind]])

    def add(self, item: EntryLike) -> None:
        """One entry more."""
        entry = entry_of(item)
        self.points += entry.points
        if entry.at is None:
            self._untimed.add(entry)
            return
        day = self.range.day(entry.at)
        if self.range.start is not None and day < self.range.start:
            self._before += entry.points
        elif self.range.end is not None and day >= self.range.end:
            self._later += entry.points
        else:
            self._add_to_period(first_day(day, self.range.by), entry)

    def _add_to_period(self, period: date, entry: Entry) -> None:
        self._sums[period] += entry.points
        self._counts[period] += 1
        self._moved[period, self.classify(entry)] += entry.points

    def include(self, other: MovementTally) -> None:
        """All entries that another tally of the same range has summed."""
        self.points += other.points
        self._before += other._before
        self._later += other._later
        self._untimed.include(other._untimed)
        self._sums.update(other._sums)
        self._counts.update(other._counts)
        self._moved.update(other._moved)

    def report(self, balance: int | None) -> MovementReport:
        """What was summed, with the balances to hold against it."""
        opening = self._before
        periods: list[PeriodMovement] = []
        for start, end in self.range.periods(
            min(self._sums, default=None), max(self._sums, default=None)
        ):
            periods.append(self._period(start, end, opening))
            opening = periods[-1].closing
        return MovementReport(
            tuple(periods), self._before, opening, self._later, self._untimed.total(), balance
        )

    def _period(self, start: date, end: date, opening: int) -> PeriodMovement:
        key = first_day(start, self.range.by)
        return PeriodMovement(
            start=start,
            end=end,
            opening=opening,
            earned=self._moved[key, Kind.EARNED],
            reversed=self._moved[key, Kind.REVERSED],
            redeemed=self._moved[key, Kind.REDEEMED],
            released=self._moved[key, Kind.RELEASED],
            adjusted=self._moved[key, Kind.ADJUSTED],
            expired=self._moved[key, Kind.EXPIRED],
            merged=self._moved[key, Kind.MERGED],
            other=self._moved[key, Kind.OTHER],
            closing=opening + self._sums[key],
            entries=self._counts[key],
        )

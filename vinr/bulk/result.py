"""What came of a run, and how far it is while it runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that was refused: here, or by VINR for good."""

    line: int
    """Where the row begins in its file, counted from 1; of an iterable, its number."""
    error_code: str
    """Why, such as ``insufficient_points`` or ``row_invalid``."""
    error_message: str
    """The same in words."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is."""

    rows: int
    """Rows of the file."""
    settled: int
    """Rows of which it is known what became of them."""


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What became of every row; ``posted`` to ``left`` add up to ``rows``.

    A dry run gives the same of what would become of them.
    """

    rows: int = 0
    """Rows that were read, blank lines apart."""
    posted: int = 0
    """Rows done by this run: posted to a ledger, or enrolled."""
    already_there: int = 0
    """Rows that stood in the ledger before this run, or whose customer was a member."""
    skipped: int = 0
    """Rows of 0 points, which change nothing; their customers are enrolled."""
    rejected: int = 0
    """Rows refused for good; the rejects file has them."""
    unknown: int = 0
    """Rows that VINR may have executed though no answer came. The next run settles them."""
    left: int = 0
    """Rows that were not tried. The next run tries them."""

    members: int = 0
    """Members that the rows are about."""
    members_created: int = 0
    """Members that this run enrolled."""

    points_granted: int = 0
    """The sum of all amounts above zero that this run posted."""
    points_taken: int = 0
    """The sum of all amounts below zero that this run posted, itself zero or below."""
    points_already_there: int = 0
    """The sum of all amounts that stood in the ledger before this run."""

    rejections: tuple[Rejection, ...] = field(default=(), repr=False)
    """The first hundred rejected rows in the order of the file."""
    rejects: Path | None = None
    """The rejects file, where rows were rejected."""
    journal: Path | None = None
    """The journal that the next run goes on from."""
    batch: str | None = None
    """The name of this work, which every entry has in its metadata."""
    dry_run: bool = False
    """Whether nothing was written, and this is what would become of the rows."""

    @property
    def points(self) -> int:
        """Points in the ledgers from these rows: posted by this run, and there before."""
        return self.points_granted + self.points_taken + self.points_already_there

    @property
    def changed(self) -> bool:
        """Whether this run changed anything at VINR."""
        return bool(self.posted or self.members_created)

    @property
    def complete(self) -> bool:
        """Whether every row is settled."""
        return not (self.unknown or self.left)

"""A run without its requests: what it works on, where its journal is, how it ends."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from os import PathLike
from pathlib import Path
from typing import Final, TypeAlias

from ..errors import InvalidRequestError, VinrError
from . import counting, rejects
from ._lock import sending_alone
from .errors import BulkStoppedError
from .files import NumberedRow, column_names, numbered_rows
from .journal import Journal
from .planning import (
    batch_of_file,
    bind_to_service,
    check_purpose,
    note_shorter_batches,
    plan,
)
from .result import BulkResult, Progress
from .rows import Convert, Reading, of_iterable

Rows: TypeAlias = str | PathLike[str] | Iterable[object]
"""A file's path, or rows: mappings, dataclasses, named tuples, pydantic models, rows of sqlite3."""
OnProgress: TypeAlias = Callable[[Progress], object]

IN_MEMORY: Final = ":memory:"


@dataclass(frozen=True, slots=True)
class Job:
    """What a caller asked for."""

    rows: Rows
    program: str | None
    key: str | None = None
    order_by: str | None = None
    batch: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    convert: Convert | None = None
    type: str = "adjust"
    reason: str | None = None
    enrols: bool = False
    journal: str | PathLike[str] | None = None
    rejects: str | PathLike[str] | None = None
    dry_run: bool = False
    on_progress: OnProgress | None = None

    def __post_init__(self) -> None:
        """Refuses what cannot be meant."""
        if self.file is None and not self._names_rows:
            raise InvalidRequestError(
                "rows that come from no file need key=, a column that tells them apart for good, or"
                " batch=, a name of this work, so that they are known when they come again; nothing"
                " was sent",
                param="key",
            )
        if self.columns and self.convert is not None:
            raise InvalidRequestError(
                "columns= and convert= both say how to read a row: give one; nothing was sent",
                param="columns",
            )

    @property
    def _names_rows(self) -> bool:
        return self._key is not None or self.batch is not None or self.enrols

    @property
    def _key(self) -> str | None:
        return self.key or self.columns.get("reference")

    @property
    def file(self) -> Path | None:
        """The file, where the rows come from one."""
        return Path(self.rows) if isinstance(self.rows, (str, PathLike)) else None

    def _numbered(self) -> Iterator[NumberedRow]:
        if isinstance(self.rows, (str, PathLike)):
            return numbered_rows(Path(self.rows))
        return of_iterable(self.rows)

    @property
    def journal_path(self) -> Path | None:
        """Beside the file unless another one is named; None for a temporary one."""
        if self.journal is not None:
            return None if str(self.journal) == IN_MEMORY else Path(self.journal)
        return None if self.file is None else Path(f"{self.file}.vinr-journal")

    @contextmanager
    def planned(self, service: str) -> Generator[Run]:
        """The journal with all rows, while nobody else sends from it."""
        path = self.journal_path
        if self.file is not None:
            self.file.open("rb").close()  # no journal of a file that cannot be read
        if self.dry_run:
            with closing(_copy_of(path)) as journal, journal.errors():
                yield self._run(journal, service)
        else:
            with sending_alone(path), closing(Journal(path)) as journal, journal.errors():
                yield self._run(journal, service)

    def _run(self, journal: Journal, service: str) -> Run:
        with journal.transaction():  # a file that is refused leaves the journal as it was
            run = self._plan(journal, service)
        run.tell()
        return run

    def _plan(self, journal: Journal, service: str) -> Run:
        kind = "enrolments" if self.enrols else "postings"
        check_purpose(journal, {"program": self.program or "", "kind of work": kind})
        bind_to_service(journal, service)
        batch, key = self.batch, self._key_column()
        if batch is not None:
            check_purpose(journal, {"batch": batch})
        if self.file is not None:
            by_line = key is None and not self.enrols
            batch = batch_of_file(journal, self.file, by_line=by_line)
            if by_line:
                note_shorter_batches(journal, self.file, batch)
        journal.start_run()
        reading = Reading(
            key=key,
            order_by=self.order_by,
            batch=batch,
            columns=self.columns,
            convert=self.convert,
            type=self.type,
            reason=self.reason,
            enrols=self.enrols,
        )
        plan(journal, self._numbered(), reading, program=self.program)
        journal.find_members()
        return Run(self, journal, batch, key)

    def _key_column(self) -> str | None:
        """The column that tells rows apart; one that a file calls ``reference`` is meant so."""
        if self.file is None:
            return self._key
        names = column_names(self.file)
        if names is None:  # JSONL: the first row stands for all; one without it is rejected
            with closing(numbered_rows(self.file)) as rows:
                names = [*next((row.values for row in rows), ())]
        else:
            self._check_columns(self.file, names)
        if self._key is None and not self.enrols and "reference" in names:
            return "reference"
        return self._key

    def _check_columns(self, file: Path | None, names: list[str]) -> None:
        """A column that is missing would reject every row."""
        member = [self.columns.get(name, name) for name in ("customer", "account")]
        amount = self.columns.get("amount", "amount")
        missing = [name for name in (self._key, self.order_by) if name and name not in names]
        if self.convert is not None:
            pass  # it makes the others
        elif not self.enrols and amount not in names:
            missing.append(amount)
        elif not any(name in names for name in member):
            missing.append(member[0])
        if missing:
            raise InvalidRequestError(
                f"{file} has no column {missing[0]!r}, it has: {', '.join(names)}; name the file's"
                " own by columns=; nothing was sent",
                param="columns",
            )


@dataclass(frozen=True, slots=True)
class Run:
    """A job whose rows are in the journal."""

    job: Job
    journal: Journal
    batch: str | None
    key: str | None

    def tell(self) -> None:
        """Says how far it is."""
        if self.job.on_progress is not None:
            self.job.on_progress(counting.progress(self.journal))

    def result(self) -> BulkResult:
        """What came of it, the rejects file included."""
        job, counted = self.job, counting.count(self.journal, dry_run=self.job.dry_run)
        if job.dry_run:
            return replace(counted, batch=self.batch)
        path = Path(job.rejects) if job.rejects is not None else None
        if path is None and job.file is not None:
            path = Path(f"{job.file}.rejects.csv")
        return replace(
            counted,
            batch=self.batch,
            journal=self.journal.path,
            rejects=rejects.write(self.journal, path, key=self.key) if path else None,
        )

    def ended(self, stopped_by: VinrError | None) -> BulkResult:
        """The result; raises BulkStoppedError where rows are not settled."""
        self.tell()
        return complete(self.result(), stopped_by)


def complete(result: BulkResult, stopped_by: VinrError | None) -> BulkResult:
    """The result; raises BulkStoppedError where rows are not settled."""
    if result.complete:
        return result
    stopped = BulkStoppedError(
        f"stopped with {result.unknown} rows unknown and {result.left} left of {result.rows}"
        f" ({stopped_by}); run the same again, and it goes on where it stopped",
        code="bulk_stopped",
    )
    stopped.result = result
    raise stopped from stopped_by


def _copy_of(path: Path | None) -> Journal:
    """A temporary journal that knows what the one at the path knows."""
    copy = Journal(None)
    if path is not None and path.exists():
        with closing(Journal(path)) as journal:
            journal.copy_to(copy)
    return copy

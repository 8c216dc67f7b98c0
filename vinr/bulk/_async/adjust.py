"""Bulk postings and enrolments."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike

from ..._async.client import AsyncVinr
from ..job import Job, OnProgress, Rows
from ..result import BulkResult
from ..rows import Convert
from .engine import AsyncEngine
from .ledgers import AsyncDryLedgers, AsyncLedgers, AsyncRealLedgers


async def async_adjust(
    client: AsyncVinr,
    rows: Rows,
    *,
    program: str | None = None,
    key: str | None = None,
    order_by: str | None = None,
    batch: str | None = None,
    type: str = "adjust",
    reason: str | None = None,
    columns: Mapping[str, str] | None = None,
    convert: Convert | None = None,
    dry_run: bool = False,
    workers: int = 16,
    patience: float = 60.0,
    journal: str | PathLike[str] | None = None,
    rejects: str | PathLike[str] | None = None,
    on_progress: OnProgress | None = None,
) -> BulkResult:
    """Posts the points of every row once, however often it runs and whenever it was killed.

    ``rows`` is the path of a file, CSV or JSONL, plain or gzipped, or any iterable of mappings or
    of objects with named fields. A row has an ``amount`` of whole points and a ``customer``, who is
    enrolled in the ``program`` where that is needed, or an ``account``; it may have a ``reason``, a
    ``type`` and ``metadata``. ``columns`` maps these names to the file's own, such as
    ``{"amount": "Points"}``; or ``convert`` makes such a mapping of a row, and a row for which it
    raises ValueError, LookupError, TypeError or ArithmeticError is rejected.

    ``key`` is the column that tells rows apart for good, such as an invoice number; it becomes the
    entry's reference, as with ``transactions.post_once``. Without it a row is its file and line.
    ``batch`` names the work by hand; rows of an iterable need it, or a key.

    Rows of one member go in the order of the file, or by the column ``order_by``, such as a date as
    YYYY-MM-DD: a refund has to come after its purchase. ``workers`` members go side by side. While
    VINR does not answer, a row is tried for ``patience`` seconds. The journal is
    ``FILE.vinr-journal`` unless ``journal`` names another, or none that stays by ``":memory:"``.
    Rows that are refused are written to ``rejects``, by default ``FILE.rejects.csv``.
    ``on_progress`` is told how far it is. With ``dry_run`` nothing is written at VINR, and the
    result says what would be.

    Raises BulkStoppedError, with the result so far, where the service is away or refuses the key;
    FileChangedError, JournalInUseError, JournalError and InvalidRequestError before anything is
    sent; OSError for a file that cannot be read.

    Source: our choice.
    """
    job = Job(
        rows,
        program=program,
        key=key,
        order_by=order_by,
        batch=batch,
        type=type,
        reason=reason,
        columns=columns or {},
        convert=convert,
        dry_run=dry_run,
        journal=journal,
        rejects=rejects,
        on_progress=on_progress,
    )
    return await _run(client, job, workers, patience)


async def async_enrol(
    client: AsyncVinr,
    rows: Rows,
    *,
    program: str,
    columns: Mapping[str, str] | None = None,
    convert: Convert | None = None,
    dry_run: bool = False,
    workers: int = 16,
    patience: float = 60.0,
    journal: str | PathLike[str] | None = None,
    rejects: str | PathLike[str] | None = None,
    on_progress: OnProgress | None = None,
) -> BulkResult:
    """Enrols the ``customer`` of every row who is no member of the program yet.

    ``metadata`` of a row is kept with a member that it enrols. Everything else is as with
    ``async_adjust``; ``posted`` counts the members that this run enrolled.

    Source: our choice.
    """
    job = Job(
        rows,
        program=program,
        columns=columns or {},
        convert=convert,
        enrols=True,
        dry_run=dry_run,
        journal=journal,
        rejects=rejects,
        on_progress=on_progress,
    )
    return await _run(client, job, workers, patience)


async def _run(client: AsyncVinr, job: Job, workers: int, patience: float) -> BulkResult:
    ledgers: AsyncLedgers
    ledgers = (AsyncDryLedgers if job.dry_run else AsyncRealLedgers)(client, job.program)
    with job.planned(ledgers.service) as run:
        engine = AsyncEngine(
            run.journal,
            ledgers,
            batch=run.batch,
            enrols=job.enrols,
            workers=workers,
            patience=patience,
            on_progress=job.on_progress,
        )
        try:
            await engine.run()
        except BaseException as error:
            error.add_note("every row is in the journal; run the same again and it goes on")
            raise
        return run.ended(engine.stopped_by)

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

    Rows of one member go one after the other, members side by side.

    Args:
        client: What to read and write through.
        rows: The path of a file, CSV or JSONL, plain or gzipped, or any iterable of mappings or of
            objects with named fields. A row has an ``amount`` of whole points and a ``customer``,
            who is enrolled in the ``program`` where that is needed, or an ``account``; it may have
            a ``reason``, a ``type`` and ``metadata``.
        program: Where customers are members; not needed where every row names an ``account``.
        key: The column that tells rows apart for good, such as an invoice number; it becomes the
            entry's reference, as with ``transactions.post_once``. Without it a row is its file and
            line.
        order_by: The column by which rows of one member go, such as a date as YYYY-MM-DD; in the
            order of the file if left out. A refund has to come after its purchase.
        batch: Names the work by hand; rows of an iterable need it, or a key.
        type: Of entries whose row has none.
        reason: Of entries whose row has none.
        columns: Maps these names to the file's own, such as ``{"amount": "Points"}``.
        convert: Makes such a mapping of a row, in the place of ``columns``. A row is rejected where
            that ends in a ValueError, LookupError, TypeError or ArithmeticError.
        dry_run: True writes nothing at VINR, and the result says what would be.
        workers: How many members go side by side.
        patience: Seconds for which a row is tried while VINR does not answer.
        journal: Where to keep what became of each row; ``FILE.vinr-journal`` if left out, none that
            stays by ``":memory:"``.
        rejects: Where to write rows that are refused; ``FILE.rejects.csv`` if left out.
        on_progress: Told how far it is, at most a few times a second.

    Raises:
        BulkStoppedError: The service is away or refuses the key; it has the result so far.
        JournalError: A file that changed (FileChangedError), a journal in use (JournalInUseError)
            or of other work; nothing was sent.
        InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
        OSError: A file that cannot be read.

    Example:
        ```python
        rows = [{"customer": "cust_1", "amount": 25}]
        result = await bulk.async_adjust(client, rows, program="prog_default", batch="birthdays")
        print(result.posted, result.points, result.rejected)
        ```

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

    ``posted`` of the result counts the members that this run enrolled.

    Args:
        client: What to read and write through.
        rows: As with ``async_adjust``; each names a ``customer``, and its ``metadata`` is kept with
            a member that it enrols.
        program: The program's id, ``prog_…``.
        columns: Maps these names to the file's own, such as ``{"amount": "Points"}``.
        convert: Makes such a mapping of a row, in the place of ``columns``. A row is rejected where
            that ends in a ValueError, LookupError, TypeError or ArithmeticError.
        dry_run: True writes nothing at VINR, and the result says what would be.
        workers: How many members go side by side.
        patience: Seconds for which a row is tried while VINR does not answer.
        journal: Where to keep what became of each row; ``FILE.vinr-journal`` if left out, none that
            stays by ``":memory:"``.
        rejects: Where to write rows that are refused; ``FILE.rejects.csv`` if left out.
        on_progress: Told how far it is, at most a few times a second.

    Raises:
        BulkStoppedError: The service is away or refuses the key; it has the result so far.
        JournalError: A file that changed (FileChangedError), a journal in use (JournalInUseError)
            or of other work; nothing was sent.
        InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
        OSError: A file that cannot be read.

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

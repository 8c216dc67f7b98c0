# Generated from vinr/export/_async/exporting.py; do not edit.
"""Exports: members and ledgers to a file."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from functools import partial
from hashlib import sha256
from os import PathLike

from ..._ledgers._sync._concurrency import in_thread
from ..._ledgers._sync.ledgers import check_workers
from ..._ledgers.progress import OnProgress
from ..._sync.client import Vinr
from ...errors import InvalidRequestError
from ..formats import Format
from ..job import ExportResult, Job
from ..layouts import LEDGER, MEMBERS
from ..part_file import Cursor
from .reading import Chunk, read_entries, read_members, read_program


def export_members(
    client: Vinr,
    path: str | PathLike[str],
    *,
    program: str | None = None,
    status: str | None = None,
    format: Format | None = None,
    metadata_columns: Sequence[str] = (),
    resume: bool = True,
    on_progress: OnProgress | None = None,
) -> ExportResult:
    """Writes all members to a file, newest first.

    The file is there when it is whole. Until then ``FILE.part`` has what was read: the same call
    goes on from it, up to twelve hours later.

    Args:
        client: What to read and write through.
        path: JSON lines, CSV or Parquet (extra ``parquet``), as its name or ``format`` says.
        program: The program's id; all programs if left out.
        status: ``active``, ``closed`` or ``merged``; all if left out.
        format: ``jsonl``, ``csv`` or ``parquet``, where the name does not say it.
        metadata_columns: Keys of the metadata that get a column of their own, beside the one that
            has all of them as JSON.
        resume: False begins anew where an earlier run left a part.
        on_progress: Called with the rows read, and about how many there are.

    Raises:
        InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
        ModuleNotFoundError: Parquet without its extra; nothing was sent.
        ExportError: The part is another export's, or in use.
        OSError: A file that cannot be written.
        VinrError: A call failed; the same call goes on from what was read.

    Example:
        ```python
        result = export.export_members(client, "members.csv", program="prog_default")
        print(result.path, result.rows)
        ```

    Source: our choice.
    """
    job = Job(
        path,
        MEMBERS,
        {"export": "members", "program": program, "status": status} | _source(client),
        format=format,
        metadata_columns=metadata_columns,
        resume=resume,
    )
    return _run(job, partial(read_members, client, program, status), on_progress)


def export_ledger(
    client: Vinr,
    path: str | PathLike[str],
    *,
    program: str | None = None,
    account: str | None = None,
    format: Format | None = None,
    metadata_columns: Sequence[str] = (),
    resume: bool = True,
    workers: int = 8,
    on_progress: OnProgress | None = None,
) -> ExportResult:
    """Writes all entries to a file: of a program, of a member, or all that the key can see.

    VINR documents no list of one program's entries: they are read member by member, and
    ``on_progress`` is told no total. It goes on from a part as ``export_members`` does.

    Args:
        client: What to read and write through.
        path: JSON lines, CSV or Parquet (extra ``parquet``), as its name or ``format`` says.
        program: The program's id; all programs if left out.
        account: The member's id, ``loy_…``; not together with a program.
        format: ``jsonl``, ``csv`` or ``parquet``, where the name does not say it.
        metadata_columns: Keys of the metadata that get a column of their own, beside the one that
            has all of them as JSON.
        resume: False begins anew where an earlier run left a part.
        workers: How many members of a program are read side by side.
        on_progress: Called with the rows read, and about how many there are.

    Raises:
        InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
        ModuleNotFoundError: Parquet without its extra; nothing was sent.
        ExportError: The part is another export's, or in use.
        OSError: A file that cannot be written.
        VinrError: A call failed; the same call goes on from what was read.

    Source: our choice.
    """
    if program is not None and account is not None:
        raise InvalidRequestError(
            "a ledger is that of a program or of an account, not both; nothing was sent",
            param="program",
        )
    check_workers(workers)
    job = Job(
        path,
        LEDGER,
        {"export": "ledger", "program": program, "account": account} | _source(client),
        format=format,
        metadata_columns=metadata_columns,
        resume=resume,
    )
    if program is not None:
        return _run(job, partial(read_program, client, program, workers), on_progress)
    return _run(job, partial(read_entries, client, account), on_progress)


def _source(client: Vinr) -> dict[str, str | None]:
    """Whose records it reads: a part is gone on with for the same service and key alone."""
    options = client._driver.options  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    digest = sha256(options.secret_key.reveal().encode()).hexdigest()[:12]
    return {"service": options.base_url, "key": f"SHA-256 {digest}…"}


def _run(
    job: Job,
    read: Callable[[Cursor], Generator[Chunk]],
    on_progress: OnProgress | None,
) -> ExportResult:
    with job.part() as part:
        if part.stage == "reading":
            with closing(read(part.cursor)) as chunks:
                for chunk in chunks:
                    records = [item.model_dump_json() for item in chunk.items]
                    in_thread(partial(part.add, records, chunk.cursor, last=chunk.last))
                    if on_progress is not None:
                        on_progress(part.rows, chunk.total)
        return in_thread(partial(job.publish, part))

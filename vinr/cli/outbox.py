"""``vinr outbox``: what a till has taken without a network."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click

from ..bulk import JournalError, Outbox, OutboxEntry
from .exit_codes import ExitCode
from .failures import Failure
from .finding import program_option
from .group import Group
from .importing import ended, show
from .invocation import output_options, profile_option
from .output import Row, write
from .settings import connected

_COLUMNS: Final = ("state", "customer", "account", "amount", "reference", "error_code")
_CSV_COLUMNS: Final = (*_COLUMNS, "error_message", "reason", "put_at")

_FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group(cls=Group)
def outbox() -> None:
    """Look into an outbox of postings, and deliver them."""


@outbox.command("status")
@_FILE
@output_options
def status(file: Path) -> None:
    """List what waits in the outbox FILE, and what VINR refused for good.

    `state` is planned, sent or unknown for what waits, and rejected for what was set aside.

    \b
    Example:
      vinr outbox status till-3.sqlite
    """
    with _opened(file, None) as box:
        write(map(_row, [*box.pending(), *box.set_aside()]), _COLUMNS, csv_columns=_CSV_COLUMNS)


@outbox.command("flush")
@_FILE
@program_option
@profile_option
@output_options
def flush(file: Path, program: str | None) -> None:
    """Deliver what waits in the outbox FILE, each entry once.

    Run it again after any interruption. What VINR refuses for good is set aside. The file knows its
    program; with --program it is refused where it is of another one.

    \b
    Example:
      vinr outbox flush till-3.sqlite
    """
    with connected() as session:
        with _opened(file, program) as box, ended():
            result = box.flush(session.client, patience=10)
        show(result)


@contextmanager
def _opened(file: Path, program: str | None) -> Generator[Outbox]:
    try:
        with Outbox(file, program=program) as box:
            yield box
    except JournalError as error:
        raise Failure(error.message, ExitCode.FAILURE) from None


def _row(entry: OutboxEntry) -> Row:
    row: dict[str, object] = {name: getattr(entry, name) for name in _CSV_COLUMNS}
    return row | {"put_at": entry.put_at.strftime("%Y-%m-%dT%H:%M:%SZ")}

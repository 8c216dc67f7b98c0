"""``vinr export``: members and ledgers to a file."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .exit_codes import ExitCode
from .failures import Failure
from .finding import find, program_option
from .group import Group
from .invocation import CommandT, output_options, profile_option
from .output import write_one
from .progress import reading
from .settings import connected

if TYPE_CHECKING:
    from ..export import ExportResult

_COLUMNS = ("path", "rows", "started_at", "resumed")

_file = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


@click.group(cls=Group)
def export() -> None:
    """Write members or ledgers to a file.

    The file is whole, or not there. What was read until an export ended early is kept beside it,
    in FILE.part, and the same command goes on from there.
    """


def _file_options(command: CommandT) -> CommandT:
    for option in (
        click.option("--anew", is_flag=True, help="Do not go on with an export that ended early."),
        click.option(
            "--metadata-column",
            "metadata_columns",
            multiple=True,
            metavar="KEY",
            help="A key of the metadata that gets a column of its own; can be repeated.",
        ),
    ):
        command = option(command)
    return command


@export.command()
@_file
@click.option("--status", metavar="STATUS", help="Only active, closed or merged members.")
@_file_options
@program_option
@profile_option
@output_options
def members(
    file: Path,
    status: str | None,
    metadata_columns: Sequence[str],
    anew: bool,  # noqa: FBT001 - click passes it by name
    program: str | None,
) -> None:
    """Write all members to FILE, newest first: JSON lines, CSV or Parquet, as its name says.

    FILE ends in .jsonl, .csv or .parquet; Parquet needs pip install "vinr[parquet]".
    Standard output tells of the file, in --format.

    \b
    Examples:
      vinr export members members.csv --program prog_default
      vinr export members members.parquet --status active --metadata-column signup_channel
    """
    from ..export import export_members  # noqa: PLC0415 - only where one is made

    with connected() as session, _explained(), reading("Reading members") as on_progress:
        result = export_members(
            session.client,
            file,
            program=program or session.settings.program,
            status=status,
            metadata_columns=metadata_columns,
            resume=not anew,
            on_progress=on_progress,
        )
    _show(result)


@export.command()
@_file
@click.option(
    "--member", metavar="MEMBER", help="Only this one's: an account's id, or a customer's."
)
@_file_options
@program_option
@profile_option
@output_options
def ledger(
    file: Path,
    member: str | None,
    metadata_columns: Sequence[str],
    anew: bool,  # noqa: FBT001 - click passes it by name
    program: str | None,
) -> None:
    """Write all entries to FILE, of a program or a member: JSON lines, CSV or Parquet.

    FILE ends in .jsonl, .csv or .parquet; Parquet needs pip install "vinr[parquet]".
    Standard output tells of the file, in --format.

    \b
    Examples:
      vinr export ledger ledger.parquet --program prog_default
      vinr export ledger ledger.csv --member cust_abc123
    """
    from ..export import export_ledger  # noqa: PLC0415 - only where one is made

    with connected() as session, _explained(), reading("Reading entries") as on_progress:
        account = find(session, member, program).id if member else None
        wanted = None if member else program or session.settings.program
        result = export_ledger(
            session.client,
            file,
            program=wanted,
            account=account,
            metadata_columns=metadata_columns,
            resume=not anew,
            on_progress=on_progress,
        )
    _show(result)


@contextmanager
def _explained() -> Generator[None]:
    try:
        yield
    except KeyboardInterrupt:
        message = "interrupted; the same command goes on from here"
        raise Failure(message, ExitCode.INTERRUPTED) from None
    except (OSError, ModuleNotFoundError) as error:
        raise click.ClickException(str(error)) from None


def _show(result: ExportResult) -> None:
    said = {"path": str(result.path), "started_at": result.started_at.isoformat()}
    write_one(asdict(result) | said, _COLUMNS)

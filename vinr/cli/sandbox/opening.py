"""Opens a sandbox's file for a command; a file that is none ends the command with one line."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Final, Unpack

import click

from ...sandbox import Sandbox, SandboxOptions
from ...sandbox.ledger.store import DamagedFileError

db_option: Final = click.option("--db", required=True, metavar="FILE", help="The sandbox's file.")
existing_db_option: Final = click.option(
    "--db",
    required=True,
    metavar="FILE",
    # a mistyped name would make a new file, which is sound
    type=click.Path(exists=True, dir_okay=False),
    help="The sandbox's file.",
)


@contextmanager
def opened(**options: Unpack[SandboxOptions]) -> Generator[Sandbox]:
    """A sandbox, open as long as the block runs; a file that is none ends the command."""
    try:
        sandbox = Sandbox(**options)
    except (OSError, ValueError) as error:
        raise click.ClickException(str(error)) from None
    try:
        with sandbox:
            yield sandbox
    except DamagedFileError as error:
        raise click.ClickException(str(error)) from None

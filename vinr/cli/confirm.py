"""Asks before what cannot be undone."""

from __future__ import annotations

import sys

import click

from .exit_codes import ExitCode
from .failures import Failure
from .invocation import invocation, say
from .settings import Settings


def confirm(
    action: str, settings: Settings, *, details: str = "", with_every_key: bool = False
) -> None:
    """Ends the command unless a person says yes, or ``--yes`` did.

    ``details`` are shown to whoever is asked. A test key is not asked about, unless
    ``with_every_key``.
    """
    if invocation().yes or (settings.is_test_key and not with_every_key):
        if details:
            say(details)
        return
    if not sys.stdin.isatty():
        raise click.UsageError(
            f"{action}? Nobody can be asked here, as standard input is no terminal; if it is meant,"
            " add --yes"
        )
    if details:
        click.echo(details, err=True)
    where = "test" if settings.is_test_key else "LIVE"
    if not click.confirm(f"{action} ({where} data)?", err=True):
        raise Failure("Nothing was changed.", ExitCode.FAILURE)

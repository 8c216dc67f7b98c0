"""``vinr sandbox check`` and ``reset``: is the ledger sound, and start over."""

from __future__ import annotations

from typing import cast

import click

from ..exit_codes import ExitCode
from ..invocation import output_options, quiet_option, say
from ..output import Row, write
from .control import steered, target_options

_FINDING = ("account", "rule", "message")


@click.command()
@target_options
@output_options
def check(db: str | None, url: str) -> None:
    """Name every account that breaks a rule of the ledger.

    Exit code 6 where there is one: a balance that is not the sum of its entries, for example.

    \b
    Examples:
      vinr sandbox check
      vinr sandbox check --db members.sqlite
    """
    with steered(db, url) as control:
        findings = cast("list[Row]", control.call("GET", "check")["findings"])
    write(findings, _FINDING, when_empty="The ledger is sound.")
    if findings:
        raise click.exceptions.Exit(ExitCode.PARTIAL)


@click.command()
@target_options
@quiet_option
def reset(db: str | None, url: str) -> None:
    """Start over: delete all members, events, planned faults and webhook endpoints of a sandbox.

    \b
    Examples:
      vinr sandbox reset
      vinr sandbox reset --db members.sqlite
    """
    with steered(db, url) as control:
        control.call("POST", "reset", {})
    say("The sandbox is as new.")

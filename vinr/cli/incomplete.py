"""What a report could not place or prove: said on standard error, and told by the exit code."""

from __future__ import annotations

from typing import Final

import click

from ..reports import Untimed
from .exit_codes import ExitCode
from .invocation import say

_MOST_NAMED: Final = 5


def end_where_incomplete(untimed: Untimed, difference: int | None) -> None:
    """Ends the command with the code for a part where entries have no time, or points differ."""
    if untimed.entries:
        named = ", ".join(untimed.ids[:_MOST_NAMED])
        more = ", …" if untimed.entries > _MOST_NAMED else ""
        say(
            f"Entries that do not say when they were written, and are in no line: {named}{more}"
            f" (number: {untimed.entries:,}; points: {untimed.points:,})"
        )
    if difference:
        say(
            f"Balances differ from the ledger (points: {difference:,});"
            " vinr ledger reconcile names the members"
        )
    if untimed.entries or difference:
        raise click.exceptions.Exit(ExitCode.PARTIAL)

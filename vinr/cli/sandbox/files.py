"""``vinr sandbox seed`` and ``save``: fill a sandbox's file, and write all of it to another."""

from __future__ import annotations

import random
import sys

import click

from ... import BadRequestError, NotFoundError
from ...sandbox import Sandbox
from ..exit_codes import ExitCode
from ..failures import Failure, described
from ..invocation import quiet_option, say
from ..output import until_closed
from .opening import db_option, existing_db_option, opened

_MOST_POINTS = 10_000
_SEED = 7
"""For the points of made-up members."""
_STANDARD = "-"
"""Standard input or output, in place of a file."""


@click.command()
@db_option
@click.option("--members", type=click.IntRange(min=0), metavar="N", help="So many made-up members.")
@click.option(
    "--program",
    default="prog_default",
    show_default=True,
    metavar="ID",
    help="The program of made-up members.",
)
@click.argument(
    "source", required=False, type=click.Path(exists=True, dir_okay=False, allow_dash=True)
)
@quiet_option
def seed(db: str, members: int | None, program: str, source: str | None) -> None:
    """Fill a sandbox's file with made-up members, or with what the JSONL file SOURCE says.

    SOURCE is what `save` wrote, or has lines written by hand; - reads standard input. It is read
    as a whole or not at all. Made-up members are cust_1, cust_2 and so on, the same ones with the
    same points (1 to 10,000) in every run.

    \b
    Examples:
      vinr sandbox seed --db members.sqlite --members 50
      echo '{"member": {"customer": "cust_1", "points": 500}}' |
        vinr sandbox seed --db members.sqlite -
    """
    if members is None and source is None:
        raise click.UsageError("say --members N, or name a JSONL file")
    with opened(path=db) as sandbox:
        if source is not None:
            lines = _load(sandbox, source)
            say(f"{lines} lines were read.")
        if members is not None:
            _make_up(sandbox, members, program)
            names = f", cust_1 to cust_{members}" if members else ""
            say(f"{members} members are there{names}.")


@click.command()
@existing_db_option
@click.argument("target", type=click.Path(dir_okay=False, allow_dash=True))
@quiet_option
def save(db: str, target: str) -> None:
    """Write everything in a sandbox's file to the JSONL file TARGET, or to standard output (-).

    TARGET is replaced when all of it is written: there is never half a file.

    \b
    Examples:
      vinr sandbox save --db members.sqlite everything.jsonl
      vinr sandbox save --db members.sqlite - | gzip > everything.jsonl.gz
    """
    with opened(path=db) as sandbox:
        if target == _STANDARD:
            with until_closed():
                sandbox.save(sys.stdout.buffer)
                sys.stdout.flush()
            return
        try:
            lines = sandbox.save(target)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise click.ClickException(f"{target} cannot be written: {reason}") from None
        except ValueError as error:
            raise click.ClickException(str(error)) from None
    say(f"{lines} lines were written to {target}.")


def _load(sandbox: Sandbox, source: str) -> int:
    standard = source == _STANDARD
    try:
        return sandbox.load(sys.stdin.buffer if standard else source)
    except ValueError as error:
        name = "standard input" if standard else source
        raise click.ClickException(f"{name}, {error}") from None


def _make_up(sandbox: Sandbox, members: int, program: str) -> None:
    # the same members in every run; those that are there already are skipped
    generator = random.Random(_SEED)  # noqa: S311 - made-up data, no secrets
    with sandbox.client() as client:
        for number in range(1, members + 1):
            points = generator.randint(1, _MOST_POINTS)
            try:
                member, created = client.loyalty.accounts.get_or_create(
                    program=program, customer=f"cust_{number}"
                )
            except (BadRequestError, NotFoundError) as error:
                raise Failure(described(error), ExitCode.NOT_FOUND) from None
            if created:
                client.loyalty.transactions.create(account=member.id, amount=points, reason="seed")

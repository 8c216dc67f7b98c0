"""``vinr sandbox seed``, ``save`` and ``check``: fill a sandbox's file, export it, check it."""

from __future__ import annotations

import random

import click

from ..sandbox import Sandbox
from .opening import db_option, existing_db_option, opened

_MOST_POINTS = 10_000
_SEED = 7
"""For the points of made-up members."""


@click.command()
@db_option
@click.option("--members", type=click.IntRange(min=0), default=0, help="So many made-up members.")
@click.argument("source", required=False, type=click.Path(exists=True, dir_okay=False))
def seed(db: str, members: int, source: str | None) -> None:
    """Fill a file: with members made up, or with what the JSONL file SOURCE says."""
    if not members and source is None:
        raise click.UsageError("say --members N, or name a JSONL file")
    with opened(path=db) as sandbox:
        if source is not None:
            try:
                lines = sandbox.load(source)
            except ValueError as error:
                raise click.ClickException(f"{source}, {error}") from None
            click.echo(f"{lines} lines were read.")
        if members:
            _make_up(sandbox, members)
            click.echo(f"{members} members are there, cust_1 to cust_{members}.")


@click.command()
@existing_db_option
@click.argument("target", type=click.Path(dir_okay=False))
def save(db: str, target: str) -> None:
    """Write everything in a file to the JSONL file TARGET."""
    with opened(path=db) as sandbox:
        try:
            lines = sandbox.save(target)
        except OSError as error:
            raise click.ClickException(str(error)) from None
    click.echo(f"{lines} lines were written to {target}.")


@click.command()
@existing_db_option
def check(db: str) -> None:
    """Name every account that breaks a rule of the ledger."""
    with opened(path=db) as sandbox:
        findings = sandbox.check()
    for finding in findings:
        click.echo(f"{finding.account}: {finding.message} ({finding.rule})")
    if findings:
        raise click.exceptions.Exit(1)
    click.echo("The ledger is sound.")


def _make_up(sandbox: Sandbox, members: int) -> None:
    # the same members in every run; those that are there already are skipped
    generator = random.Random(_SEED)  # noqa: S311 - made-up data, no secrets
    with sandbox.client() as client:
        for number in range(1, members + 1):
            points = generator.randint(1, _MOST_POINTS)
            member, created = client.loyalty.accounts.get_or_create(
                program="prog_default", customer=f"cust_{number}"
            )
            if created:
                client.loyalty.transactions.create(account=member.id, amount=points, reason="seed")

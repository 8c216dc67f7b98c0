"""``vinr sandbox …``: serve the sandbox, check its ledger."""

from __future__ import annotations

import signal
import threading
from types import FrameType

import click

from ..sandbox import Sandbox

MEMORY = ":memory:"


@click.command()
@click.option("--db", default=MEMORY, help="Keep the state in this file.", metavar="FILE")
@click.option("--port", default=8321, show_default=True, help="0 picks a free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--seed", default=None, help="The same ids in every run.")
def serve(db: str, port: int, host: str, seed: str | None) -> None:
    """Answer HTTP until SIGTERM or Ctrl-C."""
    ended = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    if host not in ("127.0.0.1", "localhost", "::1"):
        click.echo(f"Warning: others can reach the sandbox on {host}.", err=True)
    try:
        with Sandbox(db, seed=seed) as sandbox, sandbox.serve(port=port, host=host) as base_url:
            click.echo(f"The sandbox answers on {base_url} with any test key (sk_test_…).")
            ended.wait()
    except OSError as error:
        raise click.ClickException(f"the sandbox cannot listen there: {error}") from None


@click.command()
@click.argument("db")
def check(db: str) -> None:
    """Name every account in the file DB that breaks a rule of the ledger."""
    with Sandbox(db) as sandbox:
        findings = sandbox.check()
    for finding in findings:
        click.echo(str(finding))
    if findings:
        raise click.exceptions.Exit(1)
    click.echo("The ledger is sound.")

"""``vinr webhooks``: sign payloads, and verify signatures."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .. import Webhook
from .group import Group
from .invocation import CommandT, output_options
from .output import write_one

_COLUMNS = ("id", "type", "created", "data")

_payload_argument = click.argument(
    "payload", type=click.Path(exists=True, dir_okay=False, allow_dash=True), default="-"
)


def _secret_option(command: CommandT) -> CommandT:
    option = click.option(
        "--secret",
        envvar="VINR_WEBHOOK_SECRET",
        show_envvar=True,
        required=True,
        metavar="SECRET",
        help="whsec_…; others on this machine can read a command line, so prefer the variable.",
    )
    return option(command)


@click.group(cls=Group)
def webhooks() -> None:
    """Sign webhooks, and verify them."""


@webhooks.command()
@_payload_argument
@_secret_option
@click.option("--timestamp", type=int, metavar="SECONDS", help="Unix time; default: now.")
def sign(payload: str, secret: str, timestamp: int | None) -> None:
    """Write the Vinr-Signature header for the raw body in the file PAYLOAD, or standard input (-).

    \b
    Example:
      curl http://127.0.0.1:8000/hooks --data-binary @event.json \\
        -H "Vinr-Signature: $(vinr webhooks sign event.json)"
    """
    click.echo(Webhook.sign(_bytes(payload), secret, timestamp))


@webhooks.command()
@_payload_argument
@_secret_option
@click.option(
    "--signature", required=True, metavar="HEADER", help="Vinr-Signature, or x-vinr-signature."
)
@click.option("--timestamp", metavar="HEADER", help="x-vinr-timestamp, where there is one.")
@click.option(
    "--tolerance",
    type=click.FloatRange(min=0),
    default=300,
    show_default=True,
    metavar="SECONDS",
    help="How old or how far ahead the signature may be.",
)
@output_options
def verify(
    payload: str, secret: str, signature: str, timestamp: str | None, tolerance: float
) -> None:
    """Write the event in PAYLOAD if VINR signed it, and now; else fail, and say what is wrong.

    PAYLOAD is a file with the raw body, byte for byte as it came, or standard input (-).

    \b
    Example:
      vinr webhooks verify event.json --signature "t=1767225600,v1=5257a8…"
    """
    event = Webhook.construct_event(
        _bytes(payload), signature, secret, tolerance, timestamp=timestamp
    )
    write_one(event.model_dump(mode="json"), _COLUMNS)


def _bytes(payload: str) -> bytes:
    return sys.stdin.buffer.read() if payload == "-" else Path(payload).read_bytes()

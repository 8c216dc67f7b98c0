"""``vinr webhooks``: receive webhooks, sign payloads, verify signatures."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .. import Webhook
from .event_rows import COLUMNS, CSV_COLUMNS, event_row
from .group import Group
from .invocation import CommandT, invocation, output_options
from .output import write_as_they_come, write_one

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
    """Receive webhooks, sign and verify them."""


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


@webhooks.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8322,
    show_default=True,
    help="The port of 127.0.0.1 to listen on; 0 picks a free one.",
)
@click.option(
    "--forward-to", metavar="URL", help="Also send each webhook there, on this machine alone."
)
@_secret_option
@output_options
def listen(port: int, forward_to: str | None, secret: str) -> None:
    """Receive webhooks until Ctrl-C, and write each event that VINR signed, as it comes.

    A POST to any path of http://127.0.0.1:PORT is a webhook. It is answered with 204, or with what
    the program at --forward-to answers, which gets the same body and the same signature; with 502
    or 504 where that one does not; with 400 where the signature does not hold. What comes twice is
    written twice. Needs the extra `sandbox`.

    \b
    Examples:
      vinr webhooks listen --port 8322
      vinr webhooks listen --forward-to http://localhost:8000/hooks > events.jsonl
    """
    from .listening import HOST, Listener, check_forward_to  # noqa: PLC0415 - needs an extra

    if forward_to is not None:
        check_forward_to(forward_to, port)
    is_quiet = invocation().quiet

    def tell(text: str) -> None:
        # not by say(): it is told in any thread, and click's context is of one
        if not is_quiet:
            click.echo(text, err=True)

    listener = Listener(secret, forward_to, tell)
    with listener.listening(port) as bound_port:
        tell(f"Listening on http://{HOST}:{bound_port}, until Ctrl-C.")
        rows = map(event_row, listener.events())
        write_as_they_come(rows, COLUMNS, csv_columns=CSV_COLUMNS)
    if listener.interrupted:
        raise KeyboardInterrupt


def _bytes(payload: str) -> bytes:
    return sys.stdin.buffer.read() if payload == "-" else Path(payload).read_bytes()

"""``vinr sandbox faults``: plan faults for the next requests of a running sandbox."""

from __future__ import annotations

import json
from typing import cast

import click

from ..group import Group
from ..invocation import output_options, quiet_option, say
from ..output import Row, write
from .control import steered, url_option

_COLUMNS = ("operation", "description", "times")


@click.group(cls=Group)
def faults() -> None:
    """Plan faults for the next requests of a running sandbox, list them, clear them."""


@faults.command()
@click.argument("operation")
@click.argument("planned", metavar="FAULT...", nargs=-1, required=True)
@click.option("--times", type=int, metavar="N", help="The whole plan so many times.")
@click.option("--probability", type=float, metavar="P", help="By chance, from 0 to 1.")
@click.option("--seed", type=int, metavar="N", help="The same chance in every run.")
@url_option
@output_options
def add(
    operation: str,
    planned: tuple[str, ...],
    times: int | None,
    probability: float | None,
    seed: int | None,
    url: str,
) -> None:
    """Plan faults, one for each of the next requests of OPERATION, in this order.

    OPERATION is a client's method, such as transactions.create, or * for any. A FAULT is:

    \b
      429                  this status; also 429,retry_after=1 (seconds), 500,after=true
      lose_reply           the request is executed, its answer is lost
      reset                the connection is reset; reset,after=true once it is executed
      slow:2               the answer takes 2 seconds
      truncate             half of the answer arrives
      garbage              the answer is no HTTP
      pass                 no fault, for "the third one fails"

    \b
    Examples:
      vinr sandbox faults add transactions.create 429,retry_after=1 lose_reply
      vinr sandbox faults add '*' 500 lose_reply --probability 0.02 --seed 7
    """
    parameters = {
        "operation": operation,
        "faults": [_fault(text) for text in planned],
        "times": times,
        "probability": probability,
        "seed": seed,
    }
    with steered(None, url) as control:
        _write(control.call("POST", "faults", parameters))


@faults.command("list")
@url_option
@output_options
def list_(url: str) -> None:
    """List the planned faults that no request has had yet.

    Those that come by chance without an end are never used up, and are not listed.

    \b
    Example:
      vinr sandbox faults list --url http://127.0.0.1:8000/v1
    """
    with steered(None, url) as control:
        _write(control.call("GET", "faults"))


@faults.command()
@url_option
@quiet_option
def clear(url: str) -> None:
    """Delete all planned faults.

    \b
    Example:
      vinr sandbox faults clear
    """
    with steered(None, url) as control:
        control.call("DELETE", "faults")
    say("No faults are planned.")


def _write(answer: Row) -> None:
    write(cast("list[Row]", answer["pending"]), _COLUMNS)


def _fault(text: str) -> dict[str, object]:
    """The fault in the JSON of the control side."""
    kind_and_value, *options = text.split(",")
    kind, _, value = kind_and_value.partition(":")
    if kind.isdigit():
        kind, value = "status", kind
    fault: dict[str, object] = {"kind": kind}
    if value:
        fault["seconds" if kind == "slow" else "status"] = _json_or_text(value)
    for option in options:
        name, _, value = option.partition("=")
        fault[name] = _json_or_text(value)
    return fault


def _json_or_text(text: str) -> object:
    try:
        return cast("object", json.loads(text))
    except ValueError:
        return text

"""``vinr mcp``: which data the tools work on, and which tools there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click
from click.core import ParameterSource

from ..invocation import profile_option, quiet_option, say

if TYPE_CHECKING:
    from .service import Mode

_LIBRARIES: Final = frozenset({"mcp", "mcp_types"})


@click.command("mcp")
@click.option("--test", is_flag=True, help="Work on VINR's test data, by a test key.")
@click.option("--live", is_flag=True, help="Work on real members and points, by a live key.")
@click.option("--read-only", is_flag=True, help="Leave out the tools that correct and merge.")
@profile_option
@quiet_option
def mcp_server(*, test: bool, live: bool, read_only: bool) -> None:
    """Let an assistant look members up, explain balances, correct and merge, by MCP.

    This is a server of the Model Context Protocol: a client starts it, and talks to it over
    standard input and output. Without --test or --live it works on a sandbox of its own, in memory,
    with a few made-up members, and reads no key. Points move in two steps: a proposal, which shows
    what would happen and gives a token, and a second call that takes nothing but that token.

    \b
    Examples:
      vinr mcp
      vinr mcp --test --read-only
      vinr mcp --live --profile live
    """
    mode = _mode(test=test, live=live)
    try:
        from .server import serve  # noqa: PLC0415 - mcp is an extra, and takes a second to load
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in _LIBRARIES:
            raise
        raise ModuleNotFoundError(
            'vinr mcp needs an extra: pip install "vinr[mcp]"', name=error.name
        ) from error
    from .service import opened  # noqa: PLC0415 - it brings the sandbox

    with opened(mode) as service:
        say(f"vinr mcp works on {service.data} and waits for a client on standard input.")
        serve(service, read_only=read_only)


def _mode(*, test: bool, live: bool) -> Mode:
    if test and live:
        raise click.UsageError("--test and --live are two kinds of data: choose one")
    if live:
        return "live"
    if test:
        return "test"
    context = click.get_current_context()
    if context.get_parameter_source("profile") is ParameterSource.COMMANDLINE:
        raise click.UsageError(
            "--profile names a key, and without --test or --live no key is used: add one of them"
        )
    return "sandbox"

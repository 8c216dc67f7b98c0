"""The command ``vinr``: its groups, each in a module that is loaded when it is used."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Final, cast

import click

from .._version import __version__
from .exit_codes import MEANINGS
from .failures import reported
from .invocation import Invocation

GROUPS: Final[Mapping[str, str]] = {
    "members": "Enrol, look up, correct, close and merge members.",
    "ledger": "Read the entries behind the balances, and hold the balances against them.",
    "events": "Read what happened, also what no webhook brought.",
    "report": "Points movement and liability, for the books.",
    "import": "Import files of points or of customers, every row once.",
    "export": "Write members or ledgers to a file.",
    "outbox": "Look into an outbox of postings, and deliver them.",
    "sandbox": "Run the loyalty service on this machine, and steer it.",
    "webhooks": "Receive webhooks, sign and verify them.",
    "mcp": "Let an assistant read, correct and merge, in the sandbox by default.",
    "doctor": "Check key, host, clock, connection and versions.",
}
"""Every command at the top: module ``vinr.cli.<name>`` has the command ``<name>``."""

_MODULES: Final[Mapping[str, str]] = {"import": "importing", "mcp": "mcp_server"}
"""Where the name is a word of Python's own, or a library's."""


class LazyGroups(click.Group):
    """Loads the module of a group when one of its commands is run, and not for ``--help``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep the arguments: an error shows the command that settles it."""
        ctx.obj = Invocation(tuple(args))
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; what fails ends with the exit code it has in the table."""
        with reported():
            return cast("object", super().invoke(ctx))

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """In the order of the table."""
        return list(GROUPS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """From its module."""
        if cmd_name not in GROUPS:
            return None
        name = _MODULES.get(cmd_name, cmd_name)
        module = import_module(f".{name}", __package__)
        return cast("click.Command", getattr(module, name))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """From the table, so that nothing is loaded."""
        with formatter.section("Commands"):
            formatter.write_dl(list(GROUPS.items()))


_EXIT_CODES: Final = "\n".join(f"  {code:>3}  {meaning}" for code, meaning in MEANINGS.items())

_HELP: Final = f"""\
Members and points of VINR's loyalty API, from the command line.

Data goes to standard output: a table on a terminal, one JSON object a line elsewhere, or as
--format says. All else goes to standard error. Lists have all pages unless --limit says otherwise.

\b
Examples:
  vinr sandbox serve                      a loyalty service on this machine
  vinr doctor                             is everything in place?
  vinr members resolve cust_abc123 --program prog_default
  vinr members adjust loy_7Qk 500 --reason goodwill_credit
  vinr ledger list loy_7Qk --format csv > ledger.csv
  vinr report points --from 2026-01-01 --to 2026-06-30
  vinr export members members.csv

\b
Environment:
  VINR_SECRET_KEY      the key: sk_test_… for test data, sk_live_… for live data
  VINR_BASE_URL        another host than VINR's, up to and including /v1
  VINR_PROFILE         the profile to use in place of both
  VINR_WEBHOOK_SECRET  the secret of `vinr webhooks`: whsec_…
  VINR_LOG             debug shows each request on standard error, without keys
  NO_COLOR             no colours

\b
Exit codes:
{_EXIT_CODES}
"""


@click.group(cls=LazyGroups, help=_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def vinr() -> None:
    """See ``_HELP``."""

"""A group whose help lists its commands with whole sentences."""

from __future__ import annotations

import click


class Group(click.Group):
    """click cuts a summary after 45 characters; this one wraps it."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Each command with the first paragraph of its help."""
        commands = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        rows = [(name, _summary(command)) for name, command in commands if command is not None]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def _summary(command: click.Command) -> str:
    first, _, _ = (command.help or "").strip().partition("\n\n")
    return " ".join(first.split())

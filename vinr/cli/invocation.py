"""One run of the command: its arguments, and the options that every command has."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import click

FORMATS: Final = ("table", "json", "jsonl", "csv")

CommandT = TypeVar("CommandT", bound=Callable[..., Any])
Decorator = Callable[[CommandT], CommandT]


@dataclass(slots=True)
class Invocation:
    """What was said on the command line, beside what one command alone takes."""

    arguments: Sequence[str] = ()
    """All of it, without the name of the program."""
    profile: str | None = None
    format: str | None = None
    quiet: bool = False
    yes: bool = False

    @property
    def command_line(self) -> str:
        """The same command, to be pasted into a shell."""
        return shlex.join(["vinr", *self.arguments])

    def with_option(self, name: str, value: str) -> str:
        """The same command line with one option more, to be pasted into a shell."""
        depth = -1  # words that name the command: one for each context but the program's
        context = click.get_current_context(silent=True)
        while context is not None:
            depth, context = depth + 1, context.parent
        words = [*self.arguments[:depth], *_without(self.arguments[depth:], name)]
        return shlex.join(["vinr", *words[:depth], name, value, *words[depth:]])


def invocation() -> Invocation:
    """The one that runs."""
    return click.get_current_context().ensure_object(Invocation)


def say(text: str) -> None:
    """Tell the person at the terminal something that is no data, unless ``--quiet``."""
    if not invocation().quiet:
        click.echo(text, err=True)


def quiet_option(command: CommandT) -> CommandT:
    """``--quiet``."""
    option = click.option(
        "--quiet",
        "-q",
        is_flag=True,
        expose_value=False,
        callback=_kept,
        help="Say nothing but data and errors.",
    )
    return option(command)


def output_options(command: CommandT) -> CommandT:
    """``--format`` and ``--quiet``."""
    option = click.option(
        "--format",
        type=click.Choice(FORMATS),
        expose_value=False,
        callback=_kept,
        help="Default: table on a terminal, jsonl elsewhere.",
    )
    return option(quiet_option(command))


def profile_option(command: CommandT) -> CommandT:
    """``--profile``."""
    option = click.option(
        "--profile",
        envvar="VINR_PROFILE",
        show_envvar=True,
        metavar="NAME",
        expose_value=False,
        callback=_kept,
        help="The profile whose key and host to use.",
    )
    return option(command)


def yes_option(command: CommandT) -> CommandT:
    """``--yes``."""
    option = click.option(
        "--yes",
        "-y",
        is_flag=True,
        expose_value=False,
        callback=_kept,
        help="Do not ask; for scripts.",
    )
    return option(command)


def _kept(context: click.Context, parameter: click.Parameter, value: object) -> None:
    setattr(context.ensure_object(Invocation), parameter.name or "", value)


def _without(words: Sequence[str], option: str) -> list[str]:
    kept: list[str] = []
    skip = False
    for word in words:
        if not skip and word != option and not word.startswith(f"{option}="):
            kept.append(word)
        skip = not skip and word == option
    return kept

"""``--help`` and ``-h``: a manual for every command, and cheap at the top."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from tests.cli.conftest import Run
from tests.project.test_import import loaded_by
from vinr.cli.command import GROUPS, vinr

HEAVY = {"httpx", "pydantic", "rich", "platformdirs", "aiohttp", "werkzeug", "mcp"}


def commands(command: click.Command, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words of each command there is."""
    yield words
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from commands(below, (*words, name))


ALL = sorted(commands(vinr))


def found(words: tuple[str, ...]) -> click.Command:
    command: click.Command = vinr
    for word in words:
        assert isinstance(command, click.Group)
        below = command.get_command(click.Context(command), word)
        assert below is not None
        command = below
    return command


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_every_command_has_a_manual(run: Run, words: tuple[str, ...]) -> None:
    short, long = run(*words, "-h"), run(*words, "--help")
    assert (short.exit_code, long.exit_code) == (0, 0)
    assert short.stdout == long.stdout
    command = found(words)
    summary = (command.help or "").strip().split("\n\n")[0]
    assert summary.endswith(".")
    if command.params and not isinstance(command, click.Group):
        assert "Example" in long.stdout
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert (parameter.help or "").endswith(".")
            assert " ".join((parameter.help or "").split())[:20] in " ".join(long.stdout.split())


def test_summaries_are_whole_sentences(run: Run) -> None:
    for words in ALL:
        command = found(words)
        if isinstance(command, click.Group):
            listed = run(*words, "--help").stdout.partition("Commands:")[2]
            assert listed.count("...") == 0, words
            assert len(re.findall(r"\.\n", listed)) >= len(
                command.list_commands(click.Context(command))
            )
    assert all(summary.endswith(".") for summary in GROUPS.values())


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["--version"]])
def test_the_top_loads_nothing_heavy(arguments: list[str]) -> None:
    code = (
        f"import sys, contextlib, io; sys.argv = ['vinr', *{arguments!r}]\n"
        "from vinr.cli import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit): main()\n"
        "pass"
    )
    loaded = loaded_by(f"exec({code!r})")
    assert "vinr.cli.command" in loaded
    assert not loaded & HEAVY
    assert not any(name.startswith("vinr.sandbox") for name in loaded)


def test_completion_names_every_group() -> None:
    from click.shell_completion import BashComplete  # noqa: PLC0415 - of this test alone

    completed = BashComplete(vinr, {}, "vinr", "_VINR_COMPLETE").get_completions([], "")
    assert [item.value for item in completed] == list(GROUPS)

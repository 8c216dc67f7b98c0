"""Data on standard output: a table for people, JSON lines, JSON or CSV for programs."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeAlias

import click

from ..export.csv_cells import csv_line
from .invocation import invocation, say

if TYPE_CHECKING:
    from rich.table import Table

Row: TypeAlias = Mapping[str, object]

_COPIED: Final = ("id", "account", "object", "source", "target")
"""Columns of ids, which people copy."""


def chosen_format() -> str:
    """By ``--format``, else by what standard output is."""
    return invocation().format or ("table" if sys.stdout.isatty() else "jsonl")


def write(
    rows: Iterable[Row],
    columns: Sequence[str],
    *,
    csv_columns: Sequence[str] = (),
    when_empty: str = "Nothing was found.",
) -> None:
    """Any number of rows as they come; ``columns`` are those of a table, and of CSV by default.

    ``when_empty`` is said in place of a table without rows.
    """
    with until_closed():
        match chosen_format():
            case "jsonl":
                for row in rows:
                    _write(_json(row) + "\n")
            case "json":
                _write_array(rows)
            case "csv":
                _write_csv(rows, csv_columns or columns)
            case _:
                _write_table(list(rows), columns, when_empty)


def write_as_they_come(
    rows: Iterable[Row], columns: Sequence[str], *, csv_columns: Sequence[str]
) -> None:
    """Rows of which nobody knows how many will come: a table has a line for each at once."""
    if chosen_format() != "table":
        write(rows, columns, csv_columns=csv_columns)
        return
    widths = [0] * len(columns)
    with until_closed():
        for row in rows:
            cells = [_shown(row.get(name)) for name in columns]
            widths = [max(width, len(cell)) for width, cell in zip(widths, cells, strict=True)]
            padded = (cell.ljust(width) for width, cell in zip(widths, cells, strict=True))
            click.echo("  ".join(padded).rstrip())


def write_one(row: Row, columns: Sequence[str]) -> None:
    """One row: JSON is an object then, and a table has its fields one below the other."""
    match chosen_format():
        case "json":
            with until_closed():
                _write(json.dumps(row, ensure_ascii=False, indent=2) + "\n")
        case "table":
            fields = [{"field": name, "value": row.get(name)} for name in columns]
            with until_closed():
                _print(_table(fields, ("field", "value"), header=False))
        case _:
            write([row], columns)


@contextmanager
def until_closed() -> Generator[None]:
    """Where the reader closes the pipe (``| head``), the block ends, and nothing is said."""
    try:
        yield
    except BrokenPipeError:
        # what is left in the buffer goes nowhere, or Python would complain at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write(text: str) -> None:
    # JSON escapes what UTF-8 has no bytes for in the same way
    click.echo(text.encode("utf-8", "backslashreplace"), nl=False)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _write_array(rows: Iterable[Row]) -> None:
    before = "["
    for row in rows:
        _write(f"{before}\n  {_json(row)}")
        before = ","
    _write("\n]\n" if before == "," else "[]\n")


def _write_csv(rows: Iterable[Row], columns: Sequence[str]) -> None:
    _write(csv_line(columns))
    for row in rows:
        _write(csv_line([row.get(name) for name in columns]))


def _write_table(rows: Sequence[Row], columns: Sequence[str], when_empty: str) -> None:
    if rows:
        _print(_table(rows, columns))
    else:
        say(when_empty)


def _table(rows: Sequence[Row], columns: Sequence[str], *, header: bool = True) -> Table:
    from rich.table import Table  # noqa: PLC0415 - only where a table is shown
    from rich.text import Text  # noqa: PLC0415 - only where a table is shown

    table = Table(box=None, show_header=header, pad_edge=False)
    for name in columns:
        number = header and any(isinstance(row.get(name), int) for row in rows)
        table.add_column(
            name,
            justify="right" if number else "left",
            overflow="fold",
            no_wrap=number or name in _COPIED,  # other columns give way
        )
    for row in rows:
        table.add_row(*(Text(_shown(row.get(name))) for name in columns))
    return table


def _print(table: Table) -> None:
    from rich.console import Console  # noqa: PLC0415 - only where a table is shown

    console = Console()
    with console.capture() as capture:  # rich would end the program where the pipe is closed
        console.print(table)
    click.echo(capture.get(), nl=False)


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    text = value if isinstance(value, str) else _json(value)
    # no character of others' texts moves the cursor or changes colours
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)

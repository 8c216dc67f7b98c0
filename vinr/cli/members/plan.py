"""A merge plan: which account goes into which other one, read from a file and checked whole."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

import click

_DELIMITERS: Final = ",;\t"
"""Spreadsheets choose by the language of their user."""


@dataclass(frozen=True, slots=True)
class PlannedMerge:
    """One line of a plan."""

    line: int
    source: str
    target: str
    reason: str = ""


def read(path: Path) -> list[PlannedMerge]:
    """The plan in a CSV or JSONL file, also as a spreadsheet saved it again.

    Ends the command where any line of it cannot be done.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"{path} cannot be read: {error}") from None
    lines = _jsonl(text) if text.lstrip().startswith("{") else _csv(text)
    try:
        merges = [_merge(number, line) for number, line in lines]
        _check(merges)
    except (ValueError, csv.Error) as error:
        raise click.UsageError(f"{path}, {error}; nothing was merged") from None
    return merges


def _csv(text: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    header = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=header.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    missing = {"source", "target"} - set(reader.fieldnames or ())
    if missing:
        raise ValueError(f"line 1: there is no column {' and no column '.join(sorted(missing))}")
    line = reader.line_num + 1
    try:
        for row in reader:
            yield reader.line_num, cast("Mapping[str, object]", row)
            line = reader.line_num + 1
    except csv.Error as error:
        raise ValueError(f"line {line}: {error}") from None


def _jsonl(text: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                value: object = json.loads(line)
            except ValueError:
                raise ValueError(f"line {number}: this is no JSON") from None
            if not isinstance(value, dict):
                raise ValueError(f"line {number}: a line is an object with source and target")
            yield number, cast("dict[str, object]", value)


def _merge(number: int, line: Mapping[str, object]) -> PlannedMerge:
    source, target = (line.get(name) for name in ("source", "target"))
    if not (isinstance(source, str) and isinstance(target, str) and source and target):
        raise ValueError(f"line {number}: source and target are the ids of two accounts")
    return PlannedMerge(number, source.strip(), target.strip(), str(line.get("reason") or ""))


def _check(merges: list[PlannedMerge]) -> None:
    gone: dict[str, PlannedMerge] = {}
    for merge in merges:
        if merge.source == merge.target:
            raise ValueError(f"line {merge.line}: {merge.source} cannot go into itself")
        for account in (merge.source, merge.target):
            if account in gone:
                earlier = gone[account]
                raise ValueError(
                    f"line {merge.line}: {account} went into {earlier.target} in line"
                    f" {earlier.line} already"
                )
        gone[merge.source] = merge

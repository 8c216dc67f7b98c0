"""Reads what the command wrote, in each of its formats."""

from __future__ import annotations

import csv
import io
import json
from typing import Any, Final, cast

from click.testing import Result

FORMATS: Final = ("table", "json", "jsonl", "csv")


def read(result: Result, format: str) -> list[dict[str, Any]]:
    """The rows; values of CSV and of tables are text."""
    text = result.stdout
    match format:
        case "json":
            value: Any = json.loads(text)
            return cast("list[dict[str, Any]]", value if isinstance(value, list) else [value])
        case "jsonl":
            return [json.loads(line) for line in text.splitlines()]
        case "csv":
            return list(csv.DictReader(io.StringIO(text)))
        case _:
            raise AssertionError("a table is for people")

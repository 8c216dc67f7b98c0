"""Cells of CSV that no spreadsheet runs.

A spreadsheet takes a text that begins with ``=``, ``+``, ``-`` or ``@`` for a formula. Such a text
gets a ``'`` in front, as OWASP advises against CSV injection. Numbers are no texts and stay as they
are, below zero too.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

FORMULA_BEGINNINGS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", *"\uff1d\uff0b\uff0d\uff20")
"""Also in full width."""


def csv_line(cells: Sequence[object]) -> str:
    """A line of CSV with its end; None is an empty cell, and what is no text or number is JSON."""
    line = io.StringIO()
    csv.writer(line).writerow(map(_cell, cells))  # it quotes what its own line end has
    return line.getvalue().removesuffix("\r\n") + "\n"


def _cell(value: object) -> object:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA_BEGINNINGS) else value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number or value is None else json.dumps(value, ensure_ascii=False)

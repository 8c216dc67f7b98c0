"""Cells of CSV that no spreadsheet runs.

A spreadsheet takes a text that begins with ``=``, ``+``, ``-`` or ``@`` for a formula. Such a text
gets a ``'`` in front, as OWASP advises against CSV injection. Numbers are no texts and stay as they
are, below zero too.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

FORMULA_BEGINNINGS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", *"\uff1d\uff0b\uff0d\uff20")
"""Also in full width."""


def csv_line(cells: Sequence[object]) -> str:
    """A line of CSV with its end, as in RFC 4180; None is an empty cell."""
    line = io.StringIO()
    # with another end csv leaves a bare carriage return unquoted, and readers begin a row there
    csv.writer(line, lineterminator="\r\n").writerow(map(_cell, cells))
    return line.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, str) and value.startswith(FORMULA_BEGINNINGS):
        return f"'{value}"
    return value

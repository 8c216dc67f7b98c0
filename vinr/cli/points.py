"""A number of points on the command line."""

from __future__ import annotations

import re
from typing import Final

import click

_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,19}", re.ASCII)


def points(text: str) -> int:
    """Whole points, up or down: no fractions, no separators, and never none."""
    if not _WHOLE.fullmatch(text):
        raise click.BadParameter(f"{text!r} is no whole number of points, such as 500 or -500")
    number = int(text)
    if number == 0:
        raise click.BadParameter("0 points would change nothing")
    return number

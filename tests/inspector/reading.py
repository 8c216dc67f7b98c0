"""What a reader sees of a page, without its markup."""

from __future__ import annotations

import re


def text_of(page: str) -> str:
    """What is read."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def cells(page: str) -> list[str]:
    """The text of every cell of the tables."""
    return [text_of(cell) for cell in re.findall(r"<t[dh]\b[^>]*>(.*?)</t[dh]>", page, re.DOTALL)]

"""What every page is made from: the state it shows, what was asked, and what is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil
from urllib.parse import urlencode

from ..clock import Clock
from ..faults.plans import FaultPlans
from ..ledger.work import Ledger
from ..request_log import RequestLog
from ..webhooks.webhooks import Webhooks

ROWS = 25
"""Rows of a table on one page."""


@dataclass(frozen=True, slots=True)
class State:
    """All that can be seen."""

    ledger: Ledger
    clock: Clock
    faults: FaultPlans
    requests: RequestLog
    webhooks: Webhooks


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page was asked for: the id in its path, its query or its form."""

    id: str = ""
    values: Mapping[str, str] = field(default_factory=dict[str, str])

    def text(self, name: str) -> str:
        """A value without the space around it; empty where there is none."""
        return self.values.get(name, "").strip()[:255]

    def one_of(self, name: str, choices: Mapping[str, str]) -> str:
        """A value that is one of the choices, else the first of them."""
        value = self.text(name)
        return value if value in choices else next(iter(choices))


@dataclass(frozen=True, slots=True)
class Shown:
    """A template with its context, or where to look instead."""

    template: str
    context: Mapping[str, object] = field(default_factory=dict[str, object])
    status: int = 200
    redirect: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One page of a long table."""

    number: int
    total: int
    link: str
    """To another page of it: the number is to be put at the end."""

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, ceil(self.total / ROWS))

    @property
    def first(self) -> int:
        """The number of the first row on this page; 0 of an empty table."""
        return min(self.total, (self.number - 1) * ROWS + 1)

    @property
    def last(self) -> int:
        """The number of the last row on this page."""
        return min(self.total, self.number * ROWS)


def rows(asked: Asked) -> slice:
    """The rows of the page that was asked for."""
    number = _number(asked)
    return slice((number - 1) * ROWS, number * ROWS)


def part(asked: Asked, total: int) -> Part:
    """The page that was asked for, of so many rows."""
    kept = {name: value for name, value in asked.values.items() if name != "page" and value}
    return Part(_number(asked), total, "?" + urlencode({**kept, "page": ""}))


def _number(asked: Asked) -> int:
    text = asked.text("page")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1

"""What the pages have in common: the sandbox they show, a request for one, and its response."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil
from urllib.parse import urlencode

from ..clock import Clock
from ..faults.plans import FaultPlans
from ..ledger.ledger import Ledger
from ..request_log import RequestLog
from ..webhooks.webhooks import Webhooks

ROWS = 25
"""Rows of a table on one page."""


@dataclass(frozen=True, slots=True)
class InspectedSandbox:
    """The parts of a sandbox that the pages show."""

    ledger: Ledger
    clock: Clock
    faults: FaultPlans
    requests: RequestLog
    webhooks: Webhooks


@dataclass(frozen=True, slots=True)
class PageRequest:
    """The id in the path of a page, and the values of its query or its form."""

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
class PageResponse:
    """A template with its context, or a redirect to another page."""

    template: str
    context: Mapping[str, object] = field(default_factory=dict[str, object])
    status: int = 200
    redirect: str | None = None


@dataclass(frozen=True, slots=True)
class TablePage:
    """One page of a long table."""

    number: int
    total: int
    link: str
    """The link to another page, without the page's number at its end."""

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


def row_range(request: PageRequest) -> slice:
    """The rows on the page that a request names."""
    number = _page_number(request)
    return slice((number - 1) * ROWS, number * ROWS)


def table_page(request: PageRequest, total: int) -> TablePage:
    """The page that a request names, of a table with so many rows."""
    query = {name: value for name, value in request.values.items() if name != "page" and value}
    return TablePage(_page_number(request), total, "?" + urlencode({**query, "page": ""}))


def _page_number(request: PageRequest) -> int:
    text = request.text("page")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1

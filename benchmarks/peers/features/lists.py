"""What lists can do, found out by reading them."""

from __future__ import annotations

import json
import re
import time
from itertools import islice
from typing import Any, Final

from tests.faults.server import Wire, http
from tests.faults.service import Request

from ...answers import PAGE, page
from ..service import FOR_EVER, serving
from .doing import yes

ITEMS: Final = 3 * PAGE
BEFORE: Final = 2 * PAGE + 1
"""The number of an item with two pages before it."""
MOST: Final = 10 * PAGE


def long_list(wire: Wire, request: Request) -> None:
    """A page of a list of ``ITEMS``, forwards or backwards as it is asked for."""
    path, _, query = request.path.partition("?")
    before = re.search(r"before(?:_id)?=[^&]*?_?(\d{9})", query)
    after = re.search(r"(?:after|after_id|cursor)=", query)
    if before is None or after is not None:
        last = 0 if before else ITEMS
        wire.send(http(200, page(path.encode(), query.encode(), last) or b"{}"))
        return
    first = int(before[1]) - PAGE
    cursor = b"after=%09d" % (first - 1)
    found = json.loads(page(path.encode(), cursor, FOR_EVER if first > 1 else 0) or b"{}")
    found["first_id"] = found["data"][0]["id"]
    if "page" in found:
        found["page"]["next_cursor"] = found["first_id"]
    wire.send(http(200, json.dumps(found).encode()))


def forwards(library: Any) -> str:
    """Items of all pages, and the pages?"""
    with serving((), long_list) as server:
        items = sum(1 for _ in islice(library.Calls(server.origin).items(), MOST))
        pages = sum(1 for _ in islice(library.pages(server.origin), MOST))
    kinds = {"items": items == ITEMS, "pages": pages == ITEMS // PAGE}
    return " and ".join(kind for kind, so in kinds.items() if so)


def backwards(library: Any) -> str:
    """All that is before an item, or the page before it?"""
    with serving((), long_list) as server:
        items = sum(1 for _ in islice(library.backwards(server.origin, f"{BEFORE:09d}"), MOST))
    return {BEFORE - 1: "to its beginning", PAGE: "one page"}[items]


def ahead(library: Any) -> str:
    """Is the second page asked for before the first is read?"""
    with serving((), long_list) as server:
        calls = library.Calls(server.origin)
        reading = getattr(library, "prefetching", library.Calls.items)(calls)
        next(reading)
        until = time.monotonic() + 1
        while len(server.arrived) < 2 and time.monotonic() < until:
            time.sleep(0.01)
        asked = len(server.arrived)
    return yes(so=asked > 1)

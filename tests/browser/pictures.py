"""The pictures in the docs, taken anew: ``make pictures``."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page

IMAGES: Final = Path(__file__).parents[2] / "docs" / "images"
LARGEST: Final = 300 * 1024


@pytest.mark.parametrize("name", ["members", "member", "requests", "request", "controls"])
def test_take(page: Page, scheme: str, name: str) -> None:
    page.set_viewport_size({"width": 1200, "height": 760})
    page.goto("/_sandbox/")
    if name == "member":
        page.goto("/_sandbox/?q=cust_ada_double&status=active")
        page.locator("tbody th a").click()
    elif name == "request":
        page.goto("/_sandbox/inspector/requests?outcome=repeated")
        page.locator("tbody th a").first.click()
    elif name != "members":
        page.goto(f"/_sandbox/inspector/{name}")
    path = IMAGES / f"inspector-{name}-{scheme}.png"
    path.parent.mkdir(exist_ok=True)
    page.screenshot(path=path)
    assert path.stat().st_size < LARGEST

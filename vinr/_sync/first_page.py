"""What ``list(…)`` gives. Written by hand in both packages: here it is the first page itself."""

from __future__ import annotations

from ..calls.pages import Listing
from .driver import Driver
from .pages import ItemT, Page, fetch_page

__all__ = ["Page", "first_page"]


def first_page(driver: Driver, listing: Listing[ItemT]) -> Page[ItemT]:
    """Fetches it at once."""
    return fetch_page(driver, listing)

"""A page of the ledger in plain pydantic, for the libraries that bring no models."""

from __future__ import annotations

from pydantic import BaseModel


class Origin(BaseModel):
    """What caused an entry."""

    type: str
    id: str | None = None


class Entry(BaseModel):
    """One entry."""

    id: str
    account: str
    type: str
    amount: int
    reason: str | None = None
    metadata: dict[str, str] = {}
    origin: Origin | None = None


class PageInfo(BaseModel):
    """Where the list goes on."""

    has_more: bool
    next_cursor: str | None = None


class Page(BaseModel):
    """One page."""

    data: list[Entry]
    page: PageInfo

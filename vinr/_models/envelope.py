"""A page of a list on the wire: the guide's envelope and the reference's."""

from __future__ import annotations

from typing import Annotated, Generic, Self

from pydantic import FailFast, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import TypeVar

from .lenient import OrNone
from .model import Model

ItemT = TypeVar("ItemT", bound=Model, default=Model, covariant=True)


class PageInfo(Model):
    """Where a list goes on, in the guide's envelope."""

    has_more: bool
    next_cursor: str | None = None
    total_estimate: Annotated[int | None, OrNone] = None


class Envelope(Model, Generic[ItemT]):
    """Either envelope: ``page`` of the guide, else the top-level ``has_more`` of the reference."""

    data: Annotated[list[ItemT], FailFast()]  # of millions of bad ones the first is enough
    page: PageInfo | None = None
    has_more: bool | None = None

    @model_validator(mode="after")
    def _says_where_it_ends(self) -> Self:
        # taken for the last page, it would silently cost rows
        if self.page is None and self.has_more is None:
            raise PydanticCustomError("no_end", "says neither in page nor in has_more if it ends")
        return self

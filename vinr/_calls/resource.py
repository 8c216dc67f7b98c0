"""A kind of object on the wire: where it lives, how it is written, and the calls all kinds have."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic
from urllib.parse import quote

from .._models.envelope import Envelope, ItemT
from . import checks
from .already_applied import AlreadyApplied
from .call import JSON, Call, Encoding, Expected
from .expand import expand_body, expand_query
from .pages import Listing, Window, listing

_WORDS: Final = frozenset({"type", "status"})
"""Filters that are no ids."""
_NEEDS_NO_QUOTING: Final = re.compile(r"[A-Za-z0-9_.~-]+").fullmatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource(Generic[ItemT]):
    """What the calls of one resource in one dialect have in common."""

    name: str
    """The first part of an operation's name, such as ``accounts``."""
    path: str
    """Of the collection, below ``/v1``."""
    model: type[ItemT]
    page: type[Envelope[ItemT]]
    encoding: Encoding

    def path_of(self, id: str, action: str = "") -> str:
        """The path of one object, which no id can lead out of the collection."""
        quoted = id if _NEEDS_NO_QUOTING(id) else quote(id, safe="")
        return f"{self.path}/{quoted}{action}"

    def retrieve(self, id: str, expand: Sequence[str] | None = None) -> Call[ItemT]:
        """``GET /{collection}/{id}``."""
        id = checks.object_id("id", id)
        return Call(
            operation=f"{self.name}.retrieve",
            method="GET",
            path=self.path_of(id),
            query=expand_query(expand),
            result=self.model,
            expected={"id": id},
        )

    def post(
        self,
        operation: str,
        path: str,
        body: Mapping[str, JSON] | None,
        *,
        idempotency_key: str | None,
        expand: Sequence[str] | None = None,
        expected: Expected | None = None,
        already_applied: AlreadyApplied | None = None,
    ) -> Call[ItemT]:
        """A write; parameters that are None are left out."""
        if body is not None:
            body = {name: value for name, value in body.items() if value is not None}
            if expand is not None:
                body = body | expand_body(expand)
        return Call(
            operation=f"{self.name}.{operation}",
            method="POST",
            path=path,
            body=body,
            encoding=self.encoding,
            result=self.model,
            idempotency_key=checks.idempotency_key(idempotency_key),
            expected=expected,
            already_applied=already_applied,
        )

    def list(
        self, filters: Mapping[str, str | None], window: Window, expand: Sequence[str] | None = None
    ) -> Listing[ItemT]:
        """``GET /{collection}``, newest first; each filter is an id or another word, or None."""
        query = [
            (name, (checks.word if name in _WORDS else checks.object_id)(name, value))
            for name, value in filters.items()
            if value is not None
        ]
        return listing(
            f"{self.name}.list", self.path, self.page, (*query, *expand_query(expand)), window
        )

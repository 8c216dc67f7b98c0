"""``expand=[…]``: the names that a type checker knows, so that it knows what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from . import checks
from .call import JSON, Query

# Lists and fixed tuples, not sequences: only the empty list fits two of these. Mypy warns of it.
ExpandTier: TypeAlias = list[Literal["tier"]] | tuple[Literal["tier"]]
ExpandCustomer: TypeAlias = list[Literal["customer"]] | tuple[Literal["customer"]]
ExpandBoth: TypeAlias = (
    list[Literal["customer", "tier"]]
    | tuple[Literal["customer"], Literal["tier"]]
    | tuple[Literal["tier"], Literal["customer"]]
)
ExpandAccount: TypeAlias = list[Literal["loyalty_account"]] | tuple[Literal["loyalty_account"]]


def expand_query(expand: Sequence[str] | None) -> Query:
    """``expand[]=…`` for each name, as the reference prints it."""
    return () if expand is None else tuple(("expand[]", name) for name in checks.expand(expand))


def expand_body(expand: Sequence[str]) -> dict[str, JSON]:
    """The same for the body of a write."""
    names = checks.expand(expand)
    return {"expand": names} if names else {}

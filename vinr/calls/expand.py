"""``expand=[…]``: what can be named, so that a type checker knows what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from . import checks
from .call import Query

# Lists and not sequences: since a list is invariant, none fits two of these but the empty
# one, and each overload has a result type of its own. Mypy warns of the empty one.
ExpandTier: TypeAlias = list[Literal["tier"]]
ExpandCustomer: TypeAlias = list[Literal["customer"]]
ExpandBoth: TypeAlias = list[Literal["customer", "tier"]]


def expand_query(expand: Sequence[str] | None) -> Query:
    """``expand[]=…`` for each name, as the reference prints it."""
    return tuple(("expand[]", name) for name in checks.expand(expand))

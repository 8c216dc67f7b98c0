"""``expand=[…]``: what can be named, so that a type checker knows what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from . import checks
from .call import JSON, Query

# Lists and not sequences: since a list is invariant, none fits two of these but the empty
# one, and each overload has a result type of its own. Mypy warns of the empty one.
ExpandTier: TypeAlias = list[Literal["tier"]]
ExpandCustomer: TypeAlias = list[Literal["customer"]]
ExpandBoth: TypeAlias = list[Literal["customer", "tier"]]
ExpandAccount: TypeAlias = list[Literal["loyalty_account"]]


def expand_query(expand: Sequence[str] | None) -> Query:
    """``expand[]=…`` for each name, as the reference prints it."""
    return () if expand is None else tuple(("expand[]", name) for name in checks.expand(expand))


def expand_body(expand: Sequence[str] | None) -> dict[str, JSON]:
    """The same in a form, for a call that posts."""
    names = checks.expand(expand)
    return {"expand": names} if names else {}

"""The refusal that a repeated write meets where VINR executed it the first time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Query = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """How to tell the echo of our own success from somebody else's.

    Only looked for after an attempt of the same call whose answer was lost: then the account is
    read, and it is the call's result where it proves that the call was executed.
    """

    codes: frozenset[str]
    """The error's code."""
    collection: tuple[str, ...]
    """The path that accounts are read from."""
    account: str | None = None
    """The account to read; the one that the error names where it is None."""
    named: bool = False
    """Whether the error itself must name that account, as its resource or in its message."""
    proof: Mapping[str, object] = field(default_factory=dict[str, object])
    """What the account must say of itself, by attribute."""
    query: Query = ()
    """What to expand, as the call asked for it."""

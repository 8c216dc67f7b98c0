"""A refusal that a repeated write meets because VINR executed it the first time.

It is only looked for after an attempt of the same call whose response was lost. The accounts are
then read, and the last one is the call's result where their state proves that the write was
executed. Only writes that leave such a proof have one: an account is closed, or is merged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .._models.model import Model
from ..errors import VinrError

if TYPE_CHECKING:
    from .call import Call


@dataclass(frozen=True, slots=True)
class Proof:
    """What an account must say of itself."""

    reading: Call[Model]
    """Reads the account."""
    state: Mapping[str, object]
    """Values by attribute."""

    def holds_for(self, account: Model) -> bool:
        """Whether the account that was read says it."""
        return all(getattr(account, name, None) == value for name, value in self.state.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyApplied:
    """How to tell that refusal, and what proves it."""

    code: str
    """The error's code."""
    proofs: tuple[Proof, ...]
    """All must hold; the account of the last one is the call's result."""
    names: str | None = None
    """An account that the refusal itself must name, as its resource or in its message."""

    def may_explain(self, error: VinrError) -> bool:
        """Whether this refusal can come from the earlier execution of the same write."""
        return error.code == self.code and (self.names is None or _names(error, self.names))


def _names(error: VinrError, account: str) -> bool:
    words = error.message.replace(",", " ").replace("'", " ").replace('"', " ").split()
    return error.resource == account or account in (word.strip(".;:()") for word in words)

"""A refusal that a repeated write meets because VINR executed it the first time.

It is only looked for after an attempt of the same call whose response was lost. The account is
then read, and is the call's result where its state proves that the write was executed. Only
writes that leave such a proof have one: an account is closed, or is merged into this target.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..errors import VinrError
from ..models.model import Model


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyApplied:
    """How to tell that refusal, and what proves it."""

    code: str
    """The error's code."""
    path: str
    """Of the account that is read."""
    account: str
    """The id of that account."""
    must_be_named: bool = False
    """Whether the refusal itself must name that account, as its resource or in its message."""
    proof: Mapping[str, object] = field(default_factory=dict[str, object])
    """What the account must say of itself, by attribute."""

    def may_explain(self, error: VinrError) -> bool:
        """Whether this refusal can come from the earlier execution of the same write."""
        return error.code == self.code and (not self.must_be_named or self._is_named_by(error))

    def is_proved_by(self, account: Model) -> bool:
        """Whether the account that was read shows that the write was executed."""
        return all(getattr(account, name, None) == value for name, value in self.proof.items())

    def _is_named_by(self, error: VinrError) -> bool:
        words = error.message.replace(",", " ").replace("'", " ").replace('"', " ").split()
        named = (word.strip(".;:()") for word in words)
        return error.resource == self.account or self.account in named

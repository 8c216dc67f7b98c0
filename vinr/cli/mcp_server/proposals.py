"""Proposals, by token: what may be carried out, for how long, and what was tried already."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Final, Generic, TypeVar

from mcp.server.mcpserver.exceptions import ToolError

from ...errors import VinrError
from ..exit_codes import ExitCode, exit_code_of
from ..failures import described

GOOD_FOR: Final = timedelta(hours=1)

TermsT = TypeVar("TermsT")

_SAME: Final = "This was proposed before: it has the same token, and takes effect once."
_REFUSALS: Final = frozenset({ExitCode.REFUSED, ExitCode.NOT_FOUND, ExitCode.USAGE})
"""What VINR will not do however often it is asked; other failures pass."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Proposal(Generic[TermsT]):
    """Something that a person can say yes to."""

    token: str
    terms: TermsT
    good_until: datetime
    tried: bool = False
    """Whether it may have been carried out: then it stays good, so that it can be repeated."""
    done: bool = False


class Proposals(Generic[TermsT]):
    """All of one kind; forgotten when the process ends."""

    def __init__(self, clock: Callable[[], datetime] = _now) -> None:
        self._clock = clock
        self._by_token: dict[str, Proposal[TermsT]] = {}
        self._lock = Lock()

    def make(self, terms: TermsT) -> tuple[Proposal[TermsT], Sequence[str]]:
        """A proposal, and a warning where it was made before.

        The same terms have the same token until they are carried out, so that a model that asks
        twice does not get two.
        """
        with self._lock:
            for proposal in self._by_token.values():
                if proposal.terms == terms and not proposal.done and self._is_good(proposal):
                    return proposal, [_SAME]
            # what a person is shown of a call is its arguments: the terms stand in front
            token = f"{terms}:{secrets.token_hex(8)}"
            proposal = Proposal(token, terms, self._clock() + GOOD_FOR)
            self._by_token[token] = proposal
            return proposal, []

    def find(self, token: str) -> Proposal[TermsT] | None:
        """The proposal; None where there is none, ToolError where its time is over."""
        proposal = self._by_token.get(token)
        if proposal is not None and not self._is_good(proposal):
            raise ToolError(
                f"The proposal {token} was good until {proposal.good_until:%H:%M} UTC, and nothing"
                " was done with it. Propose it anew."
            )
        return proposal

    def undecided(self, token: str) -> TermsT | None:
        """What is still to be decided about; None where there is nothing, or it was tried."""
        proposal = self.find(token)
        return None if proposal is None or proposal.tried else proposal.terms

    def forget(self, token: str) -> None:
        """It is over: nothing can be done with its token."""
        self._by_token.pop(token, None)

    @contextmanager
    def carrying_out(self, proposal: Proposal[TermsT]) -> Generator[None]:
        """Notes what came of the block; a proposal that VINR refused is over."""
        try:
            yield
        except VinrError as error:
            if error.outcome_unknown:
                proposal.tried = True
            if exit_code_of(error) not in _REFUSALS:
                raise
            self.forget(proposal.token)
            raise ToolError(
                f"{described(error)}. This call changed nothing, and the proposal is over: propose"
                " anew where it is still meant."
            ) from None
        except BaseException:
            proposal.tried = True
            raise
        proposal.tried = proposal.done = True

    def _is_good(self, proposal: Proposal[TermsT]) -> bool:
        return proposal.tried or self._clock() < proposal.good_until

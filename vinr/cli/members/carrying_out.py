"""Carries out a merge plan: resumable at any point, each merge once, points conserved.

Nothing is kept beside the plan: a source that is merged already is done, whichever run did it, and
VINR merges none twice. Merging moves points and makes none: the sum over all accounts of the plan
is the same before and after, however often the plan was interrupted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from ... import NotFoundError, Vinr, VinrError
from ...loyalty import Account
from ..exit_codes import ExitCode, exit_code_of
from ..failures import described
from ..progress import tracked
from .plan import PlannedMerge

_READERS: Final = 8
"""Reads under way at once; the client keeps to VINR's rate limit."""

_OF_ONE_LINE: Final = frozenset({ExitCode.REFUSED, ExitCode.NOT_FOUND, ExitCode.USAGE})
"""Failures that say nothing of the other merges."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A merge that failed."""

    merge: PlannedMerge
    error_code: str
    error_message: str


@dataclass(slots=True)
class Result:
    """What came of a plan so far."""

    points_before: int
    merged: int = 0
    already_merged: int = 0
    rejected: list[Rejected] = field(default_factory=list[Rejected])
    points_after: int | None = None

    @property
    def conserved(self) -> bool:
        """Whether as many points are there as before."""
        return self.points_after == self.points_before


def read_accounts(client: Vinr, merges: Iterable[PlannedMerge]) -> dict[str, Account]:
    """The accounts of a plan that there are, by id."""
    ids = list(dict.fromkeys(id for merge in merges for id in (merge.source, merge.target)))
    with ThreadPoolExecutor(_READERS) as pool:
        try:
            found = pool.map(partial(_read, client), ids)
            return {each.id: each for each in tracked(found, "Reading", len(ids)) if each}
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def points_of(accounts: Iterable[Account]) -> int:
    """The sum of their balances."""
    return sum(account.balance for account in accounts)


def carry_out(
    client: Vinr, merges: Sequence[PlannedMerge], accounts: dict[str, Account], result: Result
) -> None:
    """Merge what is not merged yet; a failure of one merge is kept, any other one is raised."""
    for merge in tracked(merges, "Merging", len(merges)):
        if _is_merged(accounts.get(merge.source)):
            result.already_merged += 1
            continue
        try:
            client.loyalty.accounts.merge(source=merge.source, target=merge.target)
            result.merged += 1
        except VinrError as error:
            if exit_code_of(error) not in _OF_ONE_LINE:
                raise
            # a run that was killed may have sent it, and VINR executed it only now
            if _is_merged(_read(client, merge.source)):
                result.already_merged += 1
                continue
            code = error.code or type(error).__name__
            result.rejected.append(Rejected(merge, code, described(error)))


def _is_merged(source: Account | None) -> bool:
    return source is not None and source.status == "merged"


def _read(client: Vinr, id: str) -> Account | None:
    try:
        return client.loyalty.accounts.retrieve(id)
    except NotFoundError:
        return None

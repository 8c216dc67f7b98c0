"""Carries out a merge plan: resumable at any point, each merge once, points conserved.

A source that a run of this plan merged is done, and VINR merges none twice; one that was merged by
somebody else is refused, since its points may be elsewhere than the plan says. Merging moves points
and makes none: the sum over all accounts of the plan is the same before and after, however often
the plan was interrupted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from ... import APIStatusError, NotFoundError, Vinr, VinrError
from ...loyalty import Account
from ..exit_codes import ExitCode, exit_code_of
from ..failures import described
from ..progress import tracked
from .merge_record import MergeRecord
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
        found = pool.map(partial(_read, client), ids)  # once one fails, no further one begins
        return {each.id: each for each in tracked(found, "Reading", len(ids)) if each}


def points_of(accounts: Iterable[Account]) -> int:
    """The sum of their balances."""
    return sum(account.balance for account in accounts)


def carry_out(
    client: Vinr,
    merges: Sequence[PlannedMerge],
    accounts: dict[str, Account],
    record: MergeRecord,
    result: Result,
) -> None:
    """Merge what is not merged yet; a failure of one merge is kept, any other one is raised."""
    for merge in tracked(merges, "Merging", len(merges)):
        old_key = record.unanswered_key(merge)
        if old_key is None and _is_merged(accounts.get(merge.source)):
            _take_merged(merge, record.target_of(merge.source), result)
            continue
        try:
            was_replayed = _merge(client, merge, record, old_key)
        except VinrError as error:
            if exit_code_of(error) not in _OF_ONE_LINE:
                raise
            record.refused(merge)
            code = error.code or type(error).__name__
            result.rejected.append(Rejected(merge, code, described(error)))
        else:
            if was_replayed and old_key is not None:
                result.already_merged += 1
            else:
                result.merged += 1


def _is_merged(source: Account | None) -> bool:
    return source is not None and source.status == "merged"


def _take_merged(merge: PlannedMerge, target: str | None, result: Result) -> None:
    """What is merged is done where this plan did it, else it is refused."""
    if target == merge.target:
        result.already_merged += 1
        return
    where = f"into {target}, by this plan as it was before" if target else "by somebody else"
    unknown = "" if target else "; VINR does not tell into which account, so look for its entries"
    message = (
        f"{merge.source} was merged {where}, and not into {merge.target} by this plan{unknown};"
        " delete the line where all is well"
    )
    result.rejected.append(Rejected(merge, "account_merged", message))


def _merge(client: Vinr, merge: PlannedMerge, record: MergeRecord, old_key: str | None) -> bool:
    """Merges, by the key of a request that was not answered; whether that one did it."""
    try:
        return _send(client, merge, record, old_key)
    except APIStatusError as error:
        if old_key is None or not error.replayed:
            raise
        # a refusal that VINR kept; things may have changed since
        return _send(client, merge, record, None)


def _send(client: Vinr, merge: PlannedMerge, record: MergeRecord, key: str | None) -> bool:
    with record.sending(merge, key) as sent:
        survivor = client.loyalty.accounts.merge(
            source=merge.source, target=merge.target, idempotency_key=sent
        )
    return survivor.last_response.replayed


def _read(client: Vinr, id: str) -> Account | None:
    try:
        return client.loyalty.accounts.retrieve(id)
    except NotFoundError:
        return None

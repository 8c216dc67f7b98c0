"""Settles the rows of a journal: members side by side, the rows of each one in their order."""

from __future__ import annotations

import random
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from threading import Lock
from typing import Final, TypeVar

from ..._calls import checks
from ...errors import (
    APIConnectionError,
    APIResponseError,
    AuthenticationError,
    ConfigurationError,
    InternalServerError,
    PaginationError,
    PermissionDeniedError,
    RateLimitError,
    VinrError,
)
from ..counting import progress
from ..journal import Entry, Journal, Outcome
from ..known_entries import KnownEntries
from ..result import Progress
from ._workers import AsyncCrew, off_the_loop
from .ledgers import AsyncLedgers, MemberState, merged_away

T = TypeVar("T")

_MAY_PASS: Final = (APIConnectionError, APIResponseError, InternalServerError, RateLimitError)
"""Errors that say nothing of the row: it is tried again."""
_NOT_THE_ROW: Final = (*_MAY_PASS, AuthenticationError, PermissionDeniedError, PaginationError)
_CLIENT: Final = (AuthenticationError, PermissionDeniedError, ConfigurationError)
"""Errors that every other row would get too."""
_MOST_FAILURES: Final = 3
"""Members in a row that fail for no reason of their own: then the service is away."""
_LONGEST_REST: Final = 8.0


class _MemberStoppedError(Exception):
    """The member's further rows wait for the next run, since order is kept."""


class AsyncEngine:
    """One run over a journal whose rows are planned."""

    def __init__(
        self,
        journal: Journal,
        ledgers: AsyncLedgers,
        *,
        batch: str | None,
        enrols: bool = False,
        is_outbox: bool = False,
        workers: int = 16,
        patience: float = 60.0,
        on_progress: Callable[[Progress], object] | None = None,
    ) -> None:
        self.stopped_by: VinrError | None = None
        """Why the run ended before all rows were settled."""
        self._journal = journal
        self._ledgers = ledgers
        self._batch = batch
        self._enrols = enrols
        self._is_outbox = is_outbox
        self._workers = checks.whole_number("workers", workers, 1) or 1
        self._patience = patience
        self._on_progress = on_progress
        self._crew = AsyncCrew()
        self._claims = Lock()
        self._members: deque[tuple[int, str]] = deque()
        self._last_claimed = 0
        self._failures = Counter[bool]()
        """Members in a row that failed, by whether it was at a write: reads may work while no
        write does."""

    async def run(self) -> None:
        """Until every row is settled, or the service is away."""
        try:
            await self._crew.run(self._workers, self._work)
        finally:
            self._journal.flush()
        self._journal.release()

    async def _work(self) -> None:
        while not self._crew.stopping:
            claimed = await off_the_loop(self._next_member)
            if claimed is None:
                return
            with suppress(_MemberStoppedError):
                await self._settle_member(*claimed)

    def _next_member(self) -> tuple[str, list[Entry]] | None:
        with self._claims:
            if not self._members:
                self._members.extend(self._journal.claim_members(self._last_claimed))
            if not self._members:
                return None
            self._last_claimed, member = self._members.popleft()
        return member, self._journal.claim_entries(member, None)

    async def _next_entries(self, name: str, last: Entry) -> list[Entry]:
        return await off_the_loop(lambda: self._journal.claim_entries(name, last))

    # --- one member

    async def _settle_member(self, name: str, entries: list[Entry]) -> None:
        known = KnownEntries(name, self._journal, self._batch)
        member = await self._find(name, entries, known)
        while entries and member is not None:
            for entry in entries:
                await self._settle(member, entry, known)
            entries = await self._next_entries(name, entries[-1])

    async def _find(
        self, name: str, entries: list[Entry], known: KnownEntries
    ) -> MemberState | None:
        """The member, whose ledger is read where it may have some of the rows already."""
        first = entries[0]
        try:
            if self._enrols:
                member = MemberState(None)
            else:
                member = await self._patiently(first, lambda: self._ledgers.look_up(name))
                for account in (*member.closed, *filter(None, [member.account])):
                    await self._search(account, first, known)
            if not member.closed:
                await self._enrol(member, first, known)
        except VinrError as error:
            await self._reject_all(name, entries, error)
            return None
        return member

    async def _enrol(self, member: MemberState, entry: Entry, known: KnownEntries) -> None:
        """Makes a member of a customer who is none."""
        if member.account is not None:
            return
        enrolled = await self._patiently(
            entry,
            lambda: self._ledgers.enrol(entry.member, entry.metadata, looked_up=not self._enrols),
            writes=True,
        )
        member.account, member.is_new = enrolled.account, enrolled.is_new
        if member.is_new:
            self._journal.created(entry.member)
        elif not self._enrols and member.account is not None:
            await self._search(member.account, entry, known)

    async def _search(self, account: str, entry: Entry, known: KnownEntries) -> None:
        await self._patiently(entry, lambda: self._ledgers.search(account, known.add))

    async def _reject_all(self, name: str, entries: list[Entry], error: VinrError) -> None:
        while entries:
            for entry in entries:
                self._reject(entry, error)
            entries = await self._next_entries(name, entries[-1])
        await self._note()

    # --- one row

    async def _settle(self, member: MemberState, entry: Entry, known: KnownEntries) -> None:
        if self._crew.stopping:
            raise _MemberStoppedError
        if self._enrols:
            outcome: Outcome = "posted" if member.is_new else "already_there"
            self._journal.done(entry, outcome, member.account)
        elif entry.amount == 0:
            self._journal.done(entry, "skipped")
        elif not known.settles(entry):
            await self._post(member, entry, known)
        await self._note()

    async def _post(self, member: MemberState, entry: Entry, known: KnownEntries) -> None:
        try:
            if member.merged and not self._was_never_sent(entry):
                raise merged_away(member.merged)
            if member.account is None:
                await self._enrol(member, entry, known)
                if known.settles(entry):
                    return
            tries = 0

            async def post() -> tuple[str, bool]:
                nonlocal tries
                tries += 1
                return await self._ledgers.post(member, entry, self._batch)

            transaction, now = await self._patiently(entry, post, writes=True)
        except VinrError as error:
            self._reject(entry, error)
        else:
            # the ledger did not have it, so one that a second try meets is the first one's
            outcome: Outcome = "posted" if now or tries > 1 else "already_there"
            self._journal.done(entry, outcome, transaction)

    def _was_never_sent(self, entry: Entry) -> bool:
        """An outbox alone has its entries; rows of a file may have gone by another journal."""
        return self._is_outbox and entry.sent_run == self._journal.run

    def _reject(self, entry: Entry, error: VinrError) -> None:
        self._journal.rejected(entry, error.code or type(error).__name__, error.message)

    async def _note(self) -> None:
        if self._journal.has_to_flush:
            await off_the_loop(self._journal.flush)
            if self._on_progress is not None:
                self._on_progress(await off_the_loop(lambda: progress(self._journal)))

    # --- patience

    async def _patiently(
        self, entry: Entry, work: Callable[[], Awaitable[T]], *, writes: bool = False
    ) -> T:
        """Tries it again while the service is away; what is wrong with the row is raised."""
        started, tries, unknown = time.monotonic(), 0, False
        while True:
            try:
                result = await work()
            except VinrError as error:
                unknown = unknown or error.outcome_unknown
                tries += 1
                rest = max(_backoff(tries), error.retry_after or 0)
                if not self._is_worth(error, time.monotonic() + rest - started):
                    self._give_up(entry, error, unknown=unknown, writes=writes)
            else:
                self._failures[writes] = 0
                return result
            await self._crew.rest(rest)

    def _is_worth(self, error: VinrError, seconds: float) -> bool:
        passing = isinstance(error, _MAY_PASS) or error.outcome_unknown
        return passing and seconds <= self._patience and not self._crew.stopping

    def _give_up(self, entry: Entry, error: VinrError, *, unknown: bool, writes: bool) -> None:
        """Raises the error where it is the row's own, else ends the member's turn."""
        if not isinstance(error, (*_NOT_THE_ROW, *_CLIENT)) and not error.outcome_unknown:
            self._failures[writes] = 0
            raise error
        self._journal.not_settled(entry, "unknown" if unknown else "planned")
        self._failures[writes] += 1
        self.stopped_by = error
        if isinstance(error, _CLIENT) or self._failures[writes] >= _MOST_FAILURES:
            self._crew.stop()
        raise _MemberStoppedError from error


def _backoff(tries: int) -> float:
    """Seconds before another try, the client's own retries being behind it."""
    longest = min(_LONGEST_REST, 2.0**tries / 2)
    return longest * random.uniform(0.5, 1)  # noqa: S311  # chance for a wait, no secret

"""Postings that wait on disk for the network: a till's, a kiosk's."""

from __future__ import annotations

import json
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Literal, Self

from .._async.client import AsyncVinr
from .._calls import checks
from .._calls.post_once import post_once
from .._keywords import names_near_keywords
from .._sync.client import Vinr
from ..errors import IdempotencyConflictError, VinrError
from . import _schema, counting
from ._async.flush import async_flush
from ._lock import sending_alone
from ._sync.flush import flush
from .errors import OutboxFullError
from .job import complete
from .journal import Journal
from .planning import bind_to_service, check_purpose
from .result import BulkResult

_KEPT_DAYS: Final = 30
_ENTRY: Final = (
    "id, reference, amount, type, reason, state, error_code, error_message, member, metadata,"
    " original"
)


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """A posting that is not delivered."""

    id: int
    """Its place: entries of one member are delivered in this order."""
    customer: str | None
    """Whose points they are; None where ``account`` says so."""
    account: str | None
    """The member's id, ``loy_…``; None where ``customer`` says so."""
    reference: str
    """Of its cause, such as a receipt."""
    amount: int
    """Signed points."""
    type: str
    """Of the entry, such as ``adjust``."""
    reason: str | None
    """Why it is posted, in your words."""
    metadata: Mapping[str, str] | None
    """Your own texts by name, which the entry will have."""
    put_at: datetime
    """By this machine's clock, which nothing else depends on; UTC."""
    state: Literal["planned", "sent", "unknown", "rejected"]
    """``sent`` and ``unknown`` may stand in the ledger already: the next flush settles them."""
    error_code: str | None = None
    """Why it was set aside."""
    error_message: str | None = None
    """The same in words."""


@names_near_keywords
class Outbox:
    """A file of postings that are delivered once each, whenever there is a network.

    ``put`` needs none, and its entry is on disk when it returns. ``flush`` delivers: in the order
    of ``put`` for each member, and exactly once, also where the process was killed between.
    Threads and processes may put at once; one of them delivers.
    """

    def __init__(
        self, path: str | PathLike[str], *, program: str | None = None, max_entries: int = 100_000
    ) -> None:
        """Opens or makes the file.

        Args:
            path: The file.
            program: Where customers are members. The file keeps it, and without one it is as the
                file has it.
            max_entries: How many may wait or be set aside; beyond them ``put`` raises
                OutboxFullError.

        Raises:
            JournalError: A file of another kind or another program.
        """
        self._most = checks.whole_number("max_entries", max_entries, 1) or 1
        self._journal = Journal(Path(path))
        try:
            with self._journal.transaction():
                check_purpose(self._journal, {"kind of work": "outbox"})
                if program is not None:
                    check_purpose(self._journal, {"program": program})
        except BaseException:
            self._journal.close()
            raise

    def put(
        self,
        *,
        amount: int,
        reference: str,
        customer: str | None = None,
        account: str | None = None,
        type: str = "adjust",
        reason: str | None = None,
        metadata: Mapping[str, str] | None = None,
    ) -> bool:
        """Takes a posting; False where the member's one with this reference was taken before.

        It needs no network, and is on disk when it returns.

        Args:
            amount: Signed points, not zero.
            reference: Belongs to the cause, such as a receipt: under it the entry can stand in the
                member's ledger once.
            customer: The customer's id, ``cust_…``; this or ``account``.
            account: The member's id, ``loy_…``.
            type: Of the entry.
            reason: Why, in your words.
            metadata: Your own texts by name, at most 49 beside the reference.

        Raises:
            IdempotencyConflictError: It was taken with another amount.
            OutboxFullError: There is no room.
            InvalidRequestError: What VINR could only refuse.

        Example:
            ```python
            with bulk.Outbox("till-3.sqlite", program="prog_default") as outbox:
                outbox.put(customer="cust_1", amount=120, reference="receipt-77012")
                outbox.flush(client)  # when there is a network
            ```

        Source: our choice.
        """
        member = self._member(customer, account)
        call = post_once(
            account=account or "loy_not_known_yet",
            amount=amount,
            reference=reference,
            type=type,
            reason=reason,
            metadata=metadata,
            since=None,
        )
        next(call)  # which refuses bad arguments
        call.close()
        content = None if not metadata else json.dumps(dict(metadata), ensure_ascii=False)
        with self._journal.transaction():
            if self._is_known(member, reference, amount):
                return False
            self._check_room()
            self._journal.execute(
                "INSERT INTO entries (run, line, rank, member, reference, amount, type, reason,"
                " metadata, original, state) VALUES (0, 0, '', ?, ?, ?, ?, ?, ?, ?, 'planned')",
                *(member, reference, amount, type, reason, content, str(time.time())),
            )
        return True

    def flush(self, client: Vinr, *, workers: int = 4, patience: float = 0.0) -> BulkResult:
        """Delivers what waits, members side by side.

        An entry that VINR refuses for good is set aside, and the member's later ones go on.

        Args:
            client: What to send through.
            workers: How many members go side by side.
            patience: Seconds for which an entry is tried while VINR does not answer.

        Raises:
            BulkStoppedError: Entries still wait.
            JournalInUseError: Another process delivers.

        Source: our choice.
        """
        with self._run(client) as journal:
            return self._ended(flush(client, journal, self._program, workers, patience))

    async def async_flush(
        self, client: AsyncVinr, *, workers: int = 4, patience: float = 0.0
    ) -> BulkResult:
        """``flush`` for tasks.

        Args:
            client: What to send through.
            workers: How many members go side by side.
            patience: Seconds for which an entry is tried while VINR does not answer.

        Raises:
            BulkStoppedError: Entries still wait.
            JournalInUseError: Another process delivers.

        Source: our choice.
        """
        with self._run(client) as journal:
            return self._ended(await async_flush(client, journal, self._program, workers, patience))

    # --- what is in it

    def pending(self) -> list[OutboxEntry]:
        """What waits for delivery, in the order of ``put``."""
        return self._entries(f"state IN {_schema.PENDING}")

    def set_aside(self) -> list[OutboxEntry]:
        """What VINR refused for good, and why."""
        return self._entries("state = 'rejected'")

    def retry(self, entry: OutboxEntry) -> None:
        """Lets an entry that was set aside wait again: it goes before those put after it.

        One that was set aside for a merge, ``account_merged``, may have been sent before, so it is
        delivered only where the customer's ledger shows what became of it. Else drop it, and put it
        again for the ``account``.
        """
        with self._journal.transaction():
            self._journal.execute(
                "UPDATE entries SET error_code = NULL, error_message = NULL, state ="
                " CASE error_code WHEN 'account_merged' THEN 'unknown' ELSE 'planned' END"
                " WHERE id = ? AND state = 'rejected'",
                entry.id,
            )

    def drop(self, entry: OutboxEntry) -> None:
        """Deletes an entry that was set aside."""
        with self._journal.transaction():
            self._journal.execute(
                "DELETE FROM entries WHERE id = ? AND state = 'rejected'", entry.id
            )

    def __len__(self) -> int:
        """How many entries wait for delivery."""
        counted = self._journal.one(
            f"SELECT COUNT(*) FROM entries WHERE state IN {_schema.PENDING}"
        )
        return int(counted[0]) if counted else 0

    def __bool__(self) -> bool:
        """True also when nothing waits: an outbox is there."""
        return True

    def close(self) -> None:
        """Closes the file."""
        self._journal.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def _program(self) -> str | None:
        return self._journal.about("program") or None

    def _member(self, customer: str | None, account: str | None) -> str:
        if (customer is None) == (account is None):
            raise checks.refuse("customer", "or account must be given, one of them")
        if account is not None:
            return f"account {checks.object_id('account', account)}"
        if self._program is None:
            raise checks.refuse("program", "must be given to Outbox() where customers are named")
        return f"customer {checks.object_id('customer', customer)}"

    def _is_known(self, member: str, reference: str, amount: int) -> bool:
        found = self._journal.one(
            "SELECT amount FROM entries WHERE member = ? AND reference = ?", member, reference
        )
        if found is not None and found[0] != amount:
            raise IdempotencyConflictError(
                f"the outbox has {reference!r} of {member} with an amount of {found[0]}, and not"
                f" {amount}; a correction needs a reference of its own",
                code="idempotency_conflict",
                param="reference",
            )
        return found is not None

    def _check_room(self) -> None:
        counted = self._journal.one("SELECT COUNT(*) FROM entries WHERE state != 'done'")
        if counted is not None and counted[0] >= self._most:
            raise OutboxFullError(
                f"{self._journal.path} holds {counted[0]} entries that are not delivered, as many"
                " as it may (max_entries); the entry was not taken: flush it, and see set_aside()"
            )

    @contextmanager
    def _run(self, client: Vinr | AsyncVinr) -> Generator[Journal]:
        journal = self._journal
        # where it is delivered: what a journal says is true for one service alone
        service = client._driver.options.base_url  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
        with sending_alone(journal.path):
            with journal.transaction():
                bind_to_service(journal, service)
                journal.start_run()
                journal.execute(
                    f"UPDATE entries SET run = ? WHERE state IN {_schema.PENDING}", journal.run
                )
                journal.find_members()
                journal.execute(
                    "DELETE FROM entries WHERE state = 'done' AND settled_at < ?",
                    time.time() - _KEPT_DAYS * 24 * 3600,
                )
            yield journal

    def _ended(self, stopped_by: VinrError | None) -> BulkResult:
        return complete(counting.count(self._journal), stopped_by)

    def _entries(self, which: str) -> list[OutboxEntry]:
        rows = self._journal.all(f"SELECT {_ENTRY} FROM entries WHERE {which} ORDER BY id")
        return [_entry(row) for row in rows]


def _entry(row: tuple[Any, ...]) -> OutboxEntry:
    id, reference, amount, type, reason, state, code, message, member, metadata, put_at = row
    kind, _, of = member.partition(" ")
    return OutboxEntry(
        id=id,
        customer=of if kind == "customer" else None,
        account=of if kind == "account" else None,
        reference=reference,
        amount=amount,
        type=type,
        reason=reason,
        metadata=None if metadata is None else json.loads(metadata),
        put_at=datetime.fromtimestamp(float(put_at), UTC),
        state=state,
        error_code=code,
        error_message=message,
    )

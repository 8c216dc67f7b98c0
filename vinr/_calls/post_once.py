"""One posting to a member's ledger under a reference, however often and by whomever it is tried."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from .._models.envelope import Envelope
from .._models.transaction import Transaction
from ..errors import APIStatusError, IdempotencyConflictError
from . import checks
from .call import Call, Plan, result_of
from .idempotency import posting_key, second_key
from .transactions import create, list_

_OPERATION: Final = "transactions.post_once"
_MOST_KEYS: Final = 20
"""Each kept refusal costs one of them, and VINR forgets refusals in time."""


def post_once(
    *,
    account: str,
    amount: int,
    reference: str,
    type: str,
    reason: str | None,
    metadata: Mapping[str, str] | None,
    since: datetime | None,
    ledger_is_known: bool = False,
) -> Plan[tuple[Transaction, bool]]:
    """The entry with this reference, and whether this call posted it.

    The ledger is the proof: it is kept for good, an idempotency key is not. The key, which follows
    from member and reference, keeps callers apart that look at the ledger at the same time. Where
    the caller has looked already, ``ledger_is_known``, it is read in doubt alone.
    """
    reference = checks.reference(reference)
    posting = _posting(
        account=account,
        amount=amount,
        reference=reference,
        type=type,
        reason=reason,
        metadata=metadata,
    )
    search = _Search(account, reference, checks.aware_time("since", since))
    found = None if ledger_is_known else (yield from search.entry())
    if found is not None:
        return search.same(found, amount), False
    for key in _keys(account, reference):
        try:
            posted = yield from result_of(replace(posting, idempotency_key=key))
        except IdempotencyConflictError:
            # the key went with another amount, reason or metadata: was that one posted?
            found = yield from search.entry()
            if found is not None:
                return search.same(found, amount), False
        except APIStatusError as error:
            if not error.replayed or error.outcome_unknown:
                raise
            # a refusal that was kept: things may have changed since, and nothing was posted
        else:
            answer = posted.last_response
            return posted, not answer.replayed or answer.unanswered > 0
    raise search.error(
        f"the last {_MOST_KEYS} attempts with this reference were refused and VINR keeps the"
        " refusals; nothing was posted, try again when VINR has forgotten them"
    )


def _posting(
    *,
    account: str,
    amount: int,
    reference: str,
    type: str,
    reason: str | None,
    metadata: Mapping[str, str] | None,
) -> Call[Transaction]:
    checks.metadata(metadata)
    own = dict(metadata or {})
    if own.setdefault("reference", reference) != reference:
        raise checks.refuse("metadata", "has another 'reference' than the parameter reference")
    call = create(
        account=account,
        amount=amount,
        type=type,
        reason=reason,
        metadata=own,
        idempotency_key=None,
    )
    return replace(call, operation=_OPERATION, repeated_as_it_is=True)


def _keys(account: str, reference: str) -> Iterator[str | None]:
    key: str | None = posting_key(account, reference)
    for _ in range(_MOST_KEYS):
        yield key
        key = second_key(key)


class _Search:
    """For the entry in the member's ledger, the newest first."""

    def __init__(self, account: str, reference: str, since: datetime | None) -> None:
        self._account = account
        self._reference = reference
        self._since = since

    def entry(self) -> Plan[Transaction | None]:
        """The entry with the reference; None where none is as young as ``since``."""
        most = checks.MOST_ITEMS_A_PAGE
        listing = list_(account=self._account, type=None, window={"limit": most})
        while True:
            page = yield from result_of(replace(listing.call, operation=_OPERATION))
            for entry in page.data:
                if entry.metadata.get("reference") == self._reference:
                    return entry
            following = None if self._is_behind(page) else listing.after(page)
            if following is None:
                return None
            listing = following

    def same(self, found: Transaction, amount: int) -> Transaction:
        """The entry that was found; IdempotencyConflictError where it moves other points."""
        if found.amount == amount:
            return found
        raise self.error(
            f"{found.id} has this reference already, with an amount of {found.amount} and not"
            f" {amount}; nothing was posted: a correction needs a reference of its own",
            found.id,
        )

    def error(self, problem: str, entry: str | None = None) -> IdempotencyConflictError:
        """A conflict about this reference."""
        return IdempotencyConflictError(
            f"{_OPERATION}: reference {self._reference!r} of {self._account}: {problem}",
            code="idempotency_conflict",
            param="reference",
            resource=entry,
        )

    def _is_behind(self, page: Envelope[Transaction]) -> bool:
        """Whether all further entries are older than ``since``."""
        oldest = page.data[-1].created_at if page.data else None
        return self._since is not None and oldest is not None and oldest < self._since

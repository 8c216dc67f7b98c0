# Generated from vinr/bulk/_async/ledgers.py; do not edit.
"""Where a run reads and writes: the members of one program and their ledgers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import Final, Protocol

from ..._calls.call import Plan
from ..._calls.post_once import post_once
from ..._sync.client import Vinr
from ...errors import UnprocessableError
from ...models.transaction import Transaction
from ..journal import Entry
from ._workers import off_the_loop

_NOT_ENROLLED: Final = "loy_of_a_dry_run"


@dataclass(slots=True)
class MemberState:
    """A member, as far as a run needs to know it."""

    account: str
    is_new: bool
    """Whether this run enrolled the member, whose ledger then has none of its entries."""
    balance: int = 0
    """Points; a dry run keeps count."""


class Ledgers(Protocol):
    """What the rows of a run do, or would do."""

    @property
    def service(self) -> str:
        """Where it is: a journal is true for one service alone."""
        ...

    def member(self, name: str, metadata: Mapping[str, str] | None) -> MemberState:
        """The member that a row names: ``customer cust_1`` or ``account loy_1``."""
        ...

    def search(self, account: str, found: Callable[[Iterable[Transaction]], None]) -> None:
        """Shows every entry of the member's ledger, page after page, newest first."""
        ...

    def post(self, member: MemberState, entry: Entry, batch: str | None) -> str | None:
        """Posts it under its reference; the id, or None where it stood there already."""
        ...


class RealLedgers:
    """What rows do."""

    def __init__(self, client: Vinr, program: str | None) -> None:
        self._client = client
        self._program = program or ""
        # no public call takes a ledger that was read already, nor tells the host
        self._driver = client._driver  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]

    @property
    def service(self) -> str:
        """The base URL."""
        return self._driver.options.base_url

    def member(self, name: str, metadata: Mapping[str, str] | None) -> MemberState:
        """Enrols a customer who is no member yet."""
        kind, _, id = name.partition(" ")
        if kind == "account":
            return MemberState(id, is_new=False)
        account, created = self._client.loyalty.accounts.get_or_create(
            program=self._program, customer=id, metadata=metadata
        )
        return MemberState(account.id, is_new=created)

    def search(self, account: str, found: Callable[[Iterable[Transaction]], None]) -> None:
        """One request for each hundred entries."""
        pages = self._client.loyalty.transactions.list(account=account, limit=100).pages()
        with closing(pages):
            for page in pages:
                entries = page.data
                off_the_loop(partial(found, entries))

    def post(self, member: MemberState, entry: Entry, batch: str | None) -> str | None:
        """Once for good."""
        posted, now = self._driver.run(_plan(member, entry, batch))
        return posted.id if now else None


def _plan(member: MemberState, entry: Entry, batch: str | None) -> Plan[tuple[Transaction, bool]]:
    """As ``transactions.post_once`` does; the ledger, which is known, is not read again."""
    metadata = dict(entry.metadata or {})
    if batch is not None:
        metadata.setdefault("batch", batch)
    return post_once(
        account=member.account,
        amount=entry.amount,
        reference=entry.reference,
        type=entry.type,
        reason=entry.reason,
        metadata=metadata,
        since=None,
        ledger_is_known=True,
    )


class DryLedgers(RealLedgers):
    """What rows would do; nothing is written."""

    def member(
        self,
        name: str,
        metadata: Mapping[str, str] | None,  # noqa: ARG002  # for those who are enrolled
    ) -> MemberState:
        """Looks the member up."""
        kind, _, id = name.partition(" ")
        accounts = self._client.loyalty.accounts
        if kind == "account":
            account = accounts.retrieve(id)
            return MemberState(account.id, is_new=False, balance=account.balance)
        found = [each for each in accounts.list(program=self._program, customer=id)]
        for account in found:
            if account.status == "active" and account.customer_id == id:
                return MemberState(account.id, is_new=False, balance=account.balance)
        return MemberState(_NOT_ENROLLED, is_new=True)

    def post(self, member: MemberState, entry: Entry, batch: str | None) -> str | None:
        """Counts; UnprocessableError where the balance would fall below zero."""
        plan = _plan(member, entry, batch)
        next(plan)  # what it would send, which refuses bad arguments
        plan.close()
        if member.balance + entry.amount < 0:
            raise UnprocessableError(
                f"{-entry.amount} points would be taken from a balance of {member.balance}",
                code="insufficient_points",
            )
        member.balance += entry.amount
        return ""

"""Where a run reads and writes: the members of one program and their ledgers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass
from functools import partial
from typing import Final, Protocol

from ..._async.client import AsyncVinr
from ..._calls.call import Plan
from ..._calls.post_once import post_once
from ..._models.transaction import Transaction
from ...errors import AccountAlreadyExistsError, UnprocessableError
from ..journal import Entry
from ._workers import off_the_loop

_NOT_ENROLLED: Final = "loy_of_a_dry_run"


@dataclass(slots=True)
class MemberState:
    """A member, as far as a run needs to know it."""

    account: str | None
    """None for a customer who is not enrolled."""
    is_new: bool = False
    """Whether this run enrolled the member, whose ledger then has none of its entries."""
    balance: int = 0
    """Points; a dry run keeps count."""
    closed: tuple[str, ...] = ()
    """The customer's closed accounts, whose ledgers may have entries of an earlier run."""
    merged: tuple[str, ...] = ()
    """The customer's merged accounts, whose entries are in ledgers that nothing names."""


def merged_away(accounts: Sequence[str]) -> UnprocessableError:
    """A row may stand in the ledger that the entries of these accounts moved to.

    VINR tells nowhere which one that is.
    """
    return UnprocessableError(
        f"the customer's account {', '.join(accounts)} was merged into another member's, whose"
        " ledger may have this row already, and VINR does not tell which member that is; look"
        " there for the row's reference: where it is missing, name the account that the row is for"
        " in place of the customer",
        code="account_merged",
    )


class AsyncLedgers(Protocol):
    """What the rows of a run do, or would do."""

    @property
    def service(self) -> str:
        """Where it is: a journal is true for one service alone."""
        ...

    async def look_up(self, name: str) -> MemberState:
        """The member that a row names: ``customer cust_1`` or ``account loy_1``."""
        ...

    async def enrol(
        self, name: str, metadata: Mapping[str, str] | None, *, looked_up: bool
    ) -> MemberState:
        """The customer as a member; one that was ``looked_up`` was none."""
        ...

    async def search(self, account: str, found: Callable[[Iterable[Transaction]], None]) -> None:
        """Shows every entry of the member's ledger, page after page, newest first."""
        ...

    async def post(self, member: MemberState, entry: Entry, batch: str | None) -> tuple[str, bool]:
        """Posts it under its reference; its id, and False where it stood there already."""
        ...


class AsyncRealLedgers:
    """What rows do."""

    def __init__(self, client: AsyncVinr, program: str | None) -> None:
        if not isinstance(client, AsyncVinr):
            raise TypeError(f"client must be a {AsyncVinr.__name__}, not {type(client).__name__}")
        self._client = client
        self._program = program or ""
        # no public call takes a ledger that was read already, nor tells the host
        self._driver = client._driver  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]

    @property
    def service(self) -> str:
        """The base URL."""
        return self._driver.options.base_url

    async def look_up(self, name: str) -> MemberState:
        """One request for a customer, none for an account.

        UnprocessableError where the customer has a merged account and no active one.
        """
        kind, _, id = name.partition(" ")
        if kind == "account":
            return MemberState(id)
        accounts = self._client.loyalty.accounts.list(program=self._program, customer=id)
        found = [each async for each in accounts if each.customer_id == id]
        closed = tuple(each.id for each in found if each.status == "closed")
        merged = tuple(each.id for each in found if each.status == "merged")
        for account in found:
            if account.status == "active":
                return MemberState(
                    account.id, balance=account.balance, closed=closed, merged=merged
                )
        if merged:
            raise merged_away(merged)
        return MemberState(None, closed=closed)

    async def enrol(
        self, name: str, metadata: Mapping[str, str] | None, *, looked_up: bool
    ) -> MemberState:
        """As ``accounts.get_or_create``, without looking twice."""
        customer = name.partition(" ")[2]
        accounts = self._client.loyalty.accounts
        if looked_up:
            with suppress(AccountAlreadyExistsError):  # somebody else was quicker
                account = await accounts.create(
                    program=self._program, customer=customer, metadata=metadata
                )
                return MemberState(account.id, is_new=True)
        account, created = await accounts.get_or_create(
            program=self._program, customer=customer, metadata=metadata
        )
        return MemberState(account.id, is_new=created)

    async def search(self, account: str, found: Callable[[Iterable[Transaction]], None]) -> None:
        """One request for each hundred entries."""
        pages = self._client.loyalty.transactions.list(account=account, limit=100).pages()
        async with aclosing(pages):
            async for page in pages:
                entries = page.data
                await off_the_loop(partial(found, entries))

    async def post(self, member: MemberState, entry: Entry, batch: str | None) -> tuple[str, bool]:
        """Once for good."""
        posted, now = await self._driver.run(_plan(member, entry, batch))
        return posted.id, now


def _plan(member: MemberState, entry: Entry, batch: str | None) -> Plan[tuple[Transaction, bool]]:
    """As ``transactions.post_once`` does; the ledger, which is known, is not read again."""
    metadata = dict(entry.metadata or {})
    if batch is not None:
        metadata.setdefault("batch", batch)
    return post_once(
        account=member.account or _NOT_ENROLLED,
        amount=entry.amount,
        reference=entry.reference,
        type=entry.type,
        reason=entry.reason,
        metadata=metadata,
        since=None,
        ledger_is_known=True,
    )


class AsyncDryLedgers(AsyncRealLedgers):
    """What rows would do; nothing is written."""

    def __init__(self, client: AsyncVinr, program: str | None) -> None:
        super().__init__(client, program)
        self._refusing: dict[str, str] = {}
        """Accounts that take no points, by id: closed or merged."""

    async def look_up(self, name: str) -> MemberState:
        """Accounts too, for their balances."""
        kind, _, id = name.partition(" ")
        if kind == "customer":
            return await super().look_up(name)
        account = await self._client.loyalty.accounts.retrieve(id)
        if account.status in ("closed", "merged"):
            self._refusing[account.id] = account.status
        return MemberState(account.id, balance=account.balance)

    async def enrol(
        self,
        name: str,
        metadata: Mapping[str, str] | None,  # noqa: ARG002  # for those who are enrolled
        *,
        looked_up: bool,
    ) -> MemberState:
        """Looks the customer up, where that was not done."""
        if not looked_up:
            with suppress(UnprocessableError):
                member = await self.look_up(name)
                if member.account is not None:
                    return member
        return MemberState(_NOT_ENROLLED, is_new=True)

    async def post(self, member: MemberState, entry: Entry, batch: str | None) -> tuple[str, bool]:
        """Counts; UnprocessableError where VINR would refuse it."""
        plan = _plan(member, entry, batch)
        next(plan)  # what it would send, which refuses bad arguments
        plan.close()
        status = self._refusing.get(member.account or "")
        if status is not None:
            raise UnprocessableError(
                f"the account {member.account} is {status} and takes no points",
                code=f"account_{status}",
            )
        if member.balance + entry.amount < 0:
            raise UnprocessableError(
                f"{-entry.amount} points would be taken from a balance of {member.balance}",
                code="insufficient_points",
            )
        member.balance += entry.amount
        return "", True

"""The reading tools: members, balances, ledgers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final

from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field

from ..dates import instant
from ..finding import find, find_all
from .answers import Balance, Entry, Explanation, LedgerPage, Member, Members
from .arguments import (
    MemberArgument,
    ProgramArgument,
    SinceArgument,
    TimezoneArgument,
    UntilArgument,
)
from .explaining import explain
from .ledger_pages import Window, read_page
from .service import Service

_ORDER: Final = ("active", "closed")


class ReadingTools:
    """They change nothing."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def find_members(self, member: MemberArgument, program: ProgramArgument = None) -> Members:
        """Find the accounts that an id or an e-mail address leads to, the active ones first."""
        found = find_all(self._service.session, member, program)
        members = [Member.of(account) for account in found]
        members.sort(key=lambda each: _ORDER.index(each.status) if each.status in _ORDER else 2)
        return Members(mode=self._service.mode, members=members)

    def show_balance(self, member: MemberArgument, program: ProgramArgument = None) -> Balance:
        """Show one member's balance, lifetime points, tier and status as they are now."""
        account = find(self._service.session, member, program)
        return Balance(mode=self._service.mode, member=Member.of(account))

    def show_ledger(
        self,
        member: MemberArgument,
        since: SinceArgument | None = None,
        until: UntilArgument = None,
        type: Annotated[
            str | None, Field(description="Only earn, redeem, expire, adjust or reverse entries.")
        ] = None,
        limit: Annotated[int, Field(ge=1, le=100, description="Entries a page.")] = 25,
        cursor: Annotated[str | None, Field(description="next_cursor of the page before.")] = None,
        timezone: TimezoneArgument = "UTC",
        program: ProgramArgument = None,
    ) -> LedgerPage:
        """Show a page of a member's ledger, newest entries first, of all time or of some days."""
        start = None if since is None else instant("since", since, timezone)
        end = _end(start, until, timezone)
        window = Window(start, end, type=type, limit=limit, cursor=cursor)
        account = find(self._service.session, member, program)
        page = read_page(self._service.client, account.id, window)
        return LedgerPage(
            mode=self._service.mode,
            member=Member.of(account),
            entries=[Entry.of(entry) for entry in page.entries],
            next_cursor=page.next_cursor,
            without_time=page.without_time,
        )

    def explain_balance(
        self,
        member: MemberArgument,
        since: SinceArgument,
        until: UntilArgument = None,
        timezone: TimezoneArgument = "UTC",
        program: ProgramArgument = None,
    ) -> Explanation:
        """Explain why a member's balance changed between two times.

        The sums by type and reason add up to the difference, and the entries behind them are there.
        A merge takes entries along with their old times: for the member that stayed it looks as if
        they had always been there.
        """
        start = instant("since", since, timezone)
        end = _end(start, until, timezone)
        account = find(self._service.session, member, program)
        return explain(self._service, account, start, end)


def _end(start: datetime | None, until: str | None, timezone: str) -> datetime | None:
    if until is None:
        return None
    end = instant("until", until, timezone, end_of_day=True)
    if start is not None and end <= start:
        raise ToolError(f"until, {until}, is not after since, {start.isoformat()}.")
    return end

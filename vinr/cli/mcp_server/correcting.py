"""Corrections: proposed, then posted by token, once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from mcp.server.mcpserver.exceptions import ToolError

from ..._calls import checks
from ...errors import InvalidRequestError, NotFoundError, VinrError
from ...loyalty import Account, Transaction
from ..finding import find
from .answers import CorrectionProposal, Entry, Member, PostedCorrection
from .arguments import (
    MemberArgument,
    PointsArgument,
    ProgramArgument,
    ReasonArgument,
    TokenArgument,
)
from .proposals import Proposals
from .service import Service
from .tool_errors import repeatable

_TOKEN: Final = re.compile("post:[+-][0-9]+:to:(.+):[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Correction:
    """What is to be posted."""

    account: str
    customer: str | None
    points: int
    reason: str

    def __str__(self) -> str:
        """The beginning of its token."""
        return f"post:{self.points:+d}:to:{self.account}"


class CorrectingTools:
    """Points move by a token alone."""

    def __init__(self, service: Service, proposals: Proposals[Correction]) -> None:
        self._service = service
        self._proposals = proposals

    def propose_correction(
        self,
        member: MemberArgument,
        points: PointsArgument,
        reason: ReasonArgument,
        program: ProgramArgument = None,
    ) -> CorrectionProposal:
        """Say what a correction of a member's points would do, and get a token for it.

        Nothing is posted. Show balance_before, balance_after and the warnings to the person who
        decides, before post_correction is called with the token.
        """
        checks.points("points", points)
        reason = checks.text("reason", reason).strip()
        if not reason:
            raise ToolError("reason is blank: say why, with the ticket or invoice behind it.")
        account = find(self._service.session, member, program)
        _refuse_impossible(account, points)
        proposal, warnings = self._proposals.make(
            Correction(account.id, account.customer_id, points, reason)
        )
        return CorrectionProposal(
            mode=self._service.mode,
            token=proposal.token,
            good_until=proposal.good_until,
            member=Member.of(account),
            points=points,
            reason=reason,
            balance_before=account.balance,
            balance_after=account.balance + points,
            warnings=[*warnings, *self._alike(account.id, points, reason)],
            next_step="Nothing was posted. Where the person agrees: post_correction, by the token.",
        )

    def post_correction(self, token: TokenArgument) -> PostedCorrection:
        """Post a proposed correction, by the token of propose_correction and nothing else.

        The same token posts once, however often it is sent: after an error that says that no answer
        came, send it again. Entries of the ledger cannot be deleted.
        """
        proposal = self._proposals.find(token)
        if proposal is None:
            return self._posted_before(token)
        correction = proposal.terms
        with repeatable("post_correction", token), self._proposals.carrying_out(proposal):
            entry, posted = self._service.client.loyalty.transactions.post_once(
                account=correction.account,
                amount=correction.points,
                reason=correction.reason,
                reference=token,
            )
        return self._posted(token, entry, posted_now=posted)

    def question(self, token: str) -> str | None:
        """What a person is asked before it is posted; None where nothing is left to decide."""
        correction = self._proposals.undecided(token)
        if correction is None:
            return None
        return (
            f"Post {correction.points:+,} points to {correction.account}"
            f" ({correction.customer or 'no customer'}), on {self._service.data}? The reason that"
            f" was given: {correction.reason}"
        )

    def decline(self, token: str) -> None:
        """The person said no."""
        self._proposals.forget(token)

    def _alike(self, account: str, points: int, reason: str) -> Iterator[str]:
        """Whether the newest entries have one like it, whoever posted it."""
        newest = self._service.client.loyalty.transactions.list(account=account, limit=100).data
        for entry in newest:
            if (entry.amount, entry.reason) == (points, reason):
                when = f" of {entry.created_at:%Y-%m-%d %H:%M} UTC" if entry.created_at else ""
                yield (
                    f"The ledger has an entry with these points and this reason: {entry.id}{when}."
                    " Post another one only where it is meant a second time."
                )
                return

    def _posted(self, token: str, entry: Transaction, *, posted_now: bool) -> PostedCorrection:
        balance = self._balance(entry.account)
        once = "were posted now" if posted_now else "were posted before, and nothing was posted now"
        now = "" if balance is None else f" The balance is {balance:,} points."
        return PostedCorrection(
            mode=self._service.mode,
            token=token,
            posted_now=posted_now,
            account=entry.account,
            entry=Entry.of(entry),
            balance=balance,
            summary=f"{entry.amount:+,} points for {entry.account}, as {entry.id}, {once}.{now}",
        )

    def _balance(self, account: str) -> int | None:
        try:
            return self._service.client.loyalty.accounts.retrieve(account).balance
        except VinrError:  # what was posted is posted, whether it can be read back or not
            return None

    def _posted_before(self, token: str) -> PostedCorrection:
        """By a process that has ended: its token is the reference of the entry, if there is one."""
        old = _TOKEN.fullmatch(token)
        account = old and old[1]
        entry = self._entry(account, token) if account else None
        if entry is not None:
            return self._posted(token, entry, posted_now=False)
        looked = "" if not account else f", and no entry of {account} has it as its reference"
        raise ToolError(
            f"No proposal has the token {token}{looked}: nothing was posted. This server knows its"
            " own proposals alone, as long as it runs. Where the token was sent a moment ago, send"
            " it once more before anything is proposed anew; where the account was merged since,"
            " look for the reference in the ledger of the account that it went into."
        )

    def _entry(self, account: str, token: str) -> Transaction | None:
        try:
            entries = self._service.client.loyalty.transactions.list(account=account, limit=100)
            return next((each for each in entries if each.metadata.get("reference") == token), None)
        except (NotFoundError, InvalidRequestError):
            return None


def _refuse_impossible(account: Account, points: int) -> None:
    if account.status != "active":
        raise ToolError(
            f"{account.id} is {account.status}, and only active accounts are corrected. Nothing was"
            " proposed."
        )
    if account.balance + points < 0:
        raise ToolError(
            f"{account.id} has {account.balance:,} points, so {-points:,} cannot be taken: a"
            " balance never falls below zero. Nothing was proposed."
        )

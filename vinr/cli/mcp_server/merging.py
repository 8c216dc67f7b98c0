"""Merges: previewed, then confirmed by token, once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mcp.server.mcpserver.exceptions import ToolError

from ...loyalty import Account
from ..finding import find
from .answers import ConfirmedMerge, Member, MergeProposal
from .arguments import MemberArgument, ProgramArgument, TokenArgument
from .proposals import Proposals
from .service import Service
from .tool_errors import repeatable


@dataclass(frozen=True, slots=True)
class Merge:
    """What is to be merged, and the balances that a person saw."""

    source: str
    target: str
    source_balance: int
    target_balance: int

    def __str__(self) -> str:
        """The beginning of its token."""
        return f"merge:{self.source}:into:{self.target}"


class MergingTools:
    """A merge is for good, so it happens by a token alone, and as its preview said."""

    def __init__(self, service: Service, proposals: Proposals[Merge]) -> None:
        self._service = service
        self._proposals = proposals

    def propose_merge(
        self, source: MemberArgument, target: MemberArgument, program: ProgramArgument = None
    ) -> MergeProposal:
        """Preview a merge: everything of source moves to target, for good. Get a token for it.

        Nothing is merged. Show the summary and the warnings to the person who decides, before
        confirm_merge is called with the token. target is the account that stays.
        """
        old, kept = (find(self._service.session, member, program) for member in (source, target))
        _refuse_impossible(old, kept)
        merge = Merge(old.id, kept.id, old.balance, kept.balance)
        proposal, warnings = self._proposals.make(merge)
        return MergeProposal(
            mode=self._service.mode,
            token=proposal.token,
            good_until=proposal.good_until,
            summary=_what_moves(old, kept),
            source=Member.of(old),
            target=Member.of(kept),
            target_balance_after=old.balance + kept.balance,
            target_lifetime_points_after=old.lifetime_points + kept.lifetime_points,
            warnings=[*warnings, *_doubts(old, kept)],
            next_step="Nothing was merged. Where the person agrees: confirm_merge, by the token.",
        )

    def confirm_merge(self, token: TokenArgument) -> ConfirmedMerge:
        """Carry out a proposed merge, by the token of propose_merge and nothing else. For good.

        The same token merges once, however often it is sent: after an error that says that no
        answer came, send it again. Refused where a balance is no longer as in the preview.
        """
        proposal = self._proposals.find(token)
        if proposal is None:
            raise ToolError(
                f"No proposal has the token {token}. This server knows its own proposals alone, as"
                " long as it runs. Look at the source: where its status is merged, it was carried"
                " out; else propose anew."
            )
        accounts = self._service.client.loyalty.accounts
        merge = proposal.terms
        if proposal.done:
            return self._confirmed(token, merge, accounts.retrieve(merge.target), now=False)
        if not proposal.sent:
            self._refuse_changed(merge)
        with repeatable("confirm_merge", token), self._proposals.carrying_out(proposal):
            survivor = accounts.merge(
                source=merge.source, target=merge.target, idempotency_key=token
            )
        answer = survivor.last_response
        now = not answer.replayed or answer.unanswered > 0
        return self._confirmed(token, merge, survivor, now=now)

    def _refuse_changed(self, merge: Merge) -> None:
        seen = ((merge.source, merge.source_balance), (merge.target, merge.target_balance))
        for id, balance in seen:
            account = self._service.client.loyalty.accounts.retrieve(id)
            if account.status == "merged":
                return  # perhaps by this token, in another call of this moment: the key tells
            if (account.status, account.balance) != ("active", balance):
                raise ToolError(
                    f"{id} is {account.status} with {account.balance:,} points, and was active with"
                    f" {balance:,} in the preview. Nothing was merged: propose_merge anew."
                )

    def _confirmed(
        self, token: str, merge: Merge, survivor: Account, *, now: bool
    ) -> ConfirmedMerge:
        points = f"{merge.source_balance:,} points"
        when = "now" if now else "before, and nothing was done now"
        summary = (
            f"{merge.source} was merged into {merge.target} {when}: {points} moved to"
            f" {merge.target}, which has {survivor.balance:,}."
        )
        expected = merge.source_balance + merge.target_balance
        if now and survivor.balance != expected:
            summary += (
                f" The preview said {expected:,}: show_ledger tells what was posted meanwhile."
            )
        return ConfirmedMerge(
            mode=self._service.mode,
            token=token,
            merged_now=now,
            source=merge.source,
            survivor=Member.of(survivor),
            summary=summary,
        )


def _refuse_impossible(old: Account, kept: Account) -> None:
    if old.id == kept.id:
        raise ToolError(f"Source and target are both {old.id}: there is nothing to merge.")
    for account in (old, kept):
        if account.status != "active":
            raise ToolError(
                f"{account.id} is {account.status}, and only active accounts are merged. Nothing"
                " was proposed."
            )
    if old.program != kept.program:
        raise ToolError(
            f"{old.id} is in {old.program} and {kept.id} in {kept.program}: accounts of two"
            " programs cannot be merged. Nothing was proposed."
        )


def _what_moves(old: Account, kept: Account) -> str:
    return (
        f"{_named(old)} goes into {_named(kept)}, for good. {old.balance:,} points,"
        f" {old.lifetime_points:,} lifetime points and the whole ledger move from {old.id} to"
        f" {kept.id}. {kept.id} has {kept.balance:,} points and will have"
        f" {old.balance + kept.balance:,}. {old.id} ends as merged, with 0."
    )


def _named(account: Account) -> str:
    return f"{account.id} ({account.customer_id or 'no customer'})"


def _doubts(old: Account, kept: Account) -> Iterator[str]:
    if old.customer_id != kept.customer_id and old.customer_id is not None:
        yield (
            f"{old.id} belongs to {old.customer_id} and {kept.id} to"
            f" {kept.customer_id or 'no customer'}: are they one person?"
        )
    if old.lifetime_points > kept.lifetime_points:
        yield (
            f"{old.id}, which is emptied, has more lifetime points than {kept.id}: is the direction"
            " meant?"
        )

"""Merges: previewed, then confirmed by token, once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock

from mcp.server.mcpserver.exceptions import ToolError

from ...loyalty import Account
from ..finding import find
from .answers import ConfirmedMerge, Member, MergeProposal
from .arguments import MemberArgument, ProgramArgument, TokenArgument
from .proposals import Proposal, Proposals
from .service import Service
from .tool_errors import repeatable


@dataclass(frozen=True, slots=True)
class Merge:
    """What is to be merged, as a person saw it."""

    source: Member
    target: Member

    def __str__(self) -> str:
        """The beginning of its token."""
        return f"merge:{self.source.account}:into:{self.target.account}"


class MergingTools:
    """A merge is for good, so it happens by a token alone, and as its preview said."""

    def __init__(self, service: Service, proposals: Proposals[Merge]) -> None:
        self._service = service
        self._proposals = proposals
        self._one_at_a_time = Lock()
        """A merge that is under way changes what another call with its token would look at."""

    def propose_merge(
        self, source: MemberArgument, target: MemberArgument, program: ProgramArgument = None
    ) -> MergeProposal:
        """Preview a merge: everything of source moves to target, for good. Get a token for it.

        Nothing is merged. Show the summary and the warnings to the person who decides, before
        confirm_merge is called with the token. target is the account that stays.
        """
        old, kept = (
            Member.of(find(self._service.session, member, program)) for member in (source, target)
        )
        _refuse_impossible(old, kept)
        merge = Merge(old, kept)
        proposal, warnings = self._proposals.make(merge)
        return MergeProposal(
            mode=self._service.mode,
            token=proposal.token,
            good_until=proposal.good_until,
            summary=_what_moves(old, kept),
            source=old,
            target=kept,
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
        with self._one_at_a_time:
            return self._carry_out(token, proposal)

    def _carry_out(self, token: str, proposal: Proposal[Merge]) -> ConfirmedMerge:
        accounts = self._service.client.loyalty.accounts
        merge = proposal.terms
        if proposal.done:
            return self._confirmed(token, merge, accounts.retrieve(merge.target.account), now=False)
        if not proposal.tried:
            self._refuse_changed(merge)
        with repeatable("confirm_merge", token), self._proposals.carrying_out(proposal):
            survivor = accounts.merge(
                source=merge.source.account, target=merge.target.account, idempotency_key=token
            )
        answer = survivor.last_response
        now = not answer.replayed or answer.unanswered > 0
        return self._confirmed(token, merge, survivor, now=now)

    def _refuse_changed(self, merge: Merge) -> None:
        for seen in (merge.source, merge.target):
            account = self._service.client.loyalty.accounts.retrieve(seen.account)
            if (account.status, account.balance) != (seen.status, seen.balance):
                raise ToolError(
                    f"{account.id} is {account.status} with {account.balance:,} points, and was"
                    f" {seen.status} with {seen.balance:,} in the preview. Nothing was merged:"
                    " propose_merge anew."
                )

    def question(self, token: str) -> str | None:
        """What a person is asked before it is merged; None where nothing is left to decide."""
        merge = self._proposals.undecided(token)
        if merge is None:
            return None
        return f"Merge, on {self._service.data}? {_what_moves(merge.source, merge.target)}"

    def decline(self, token: str) -> None:
        """The person said no."""
        self._proposals.forget(token)

    def _confirmed(
        self, token: str, merge: Merge, survivor: Account, *, now: bool
    ) -> ConfirmedMerge:
        source, target = merge.source.account, merge.target.account
        when = "now" if now else "before, and nothing was done now"
        summary = (
            f"{source} was merged into {target} {when}: {merge.source.balance:,} points moved to"
            f" {target}, which has {survivor.balance:,}."
        )
        expected = merge.source.balance + merge.target.balance
        if now and survivor.balance != expected:
            summary += (
                f" The preview said {expected:,}: show_ledger tells what was posted meanwhile."
            )
        return ConfirmedMerge(
            mode=self._service.mode,
            token=token,
            merged_now=now,
            source=source,
            survivor=Member.of(survivor),
            summary=summary,
        )


def _refuse_impossible(old: Member, kept: Member) -> None:
    if old.account == kept.account:
        raise ToolError(f"Source and target are both {old.account}: there is nothing to merge.")
    for each in (old, kept):
        if each.status != "active":
            raise ToolError(
                f"{each.account} is {each.status}, and only active accounts are merged. Nothing"
                " was proposed."
            )
    if old.program != kept.program:
        raise ToolError(
            f"{old.account} is in {old.program} and {kept.account} in {kept.program}: accounts of"
            " two programs cannot be merged. Nothing was proposed."
        )


def _what_moves(old: Member, kept: Member) -> str:
    return (
        f"{_named(old)} goes into {_named(kept)}, for good. {old.balance:,} points,"
        f" {old.lifetime_points:,} lifetime points and the whole ledger move from {old.account} to"
        f" {kept.account}. {kept.account} has {kept.balance:,} points and will have"
        f" {old.balance + kept.balance:,}. {old.account} ends as merged, with 0."
    )


def _named(member: Member) -> str:
    return f"{member.account} ({member.customer or 'no customer'})"


def _doubts(old: Member, kept: Member) -> Iterator[str]:
    if old.customer != kept.customer and old.customer is not None:
        yield (
            f"{old.account} belongs to {old.customer} and {kept.account} to"
            f" {kept.customer or 'no customer'}: are they one person?"
        )
    if old.lifetime_points > kept.lifetime_points:
        yield (
            f"{old.account}, which is emptied, has more lifetime points than {kept.account}: is the"
            " direction meant?"
        )

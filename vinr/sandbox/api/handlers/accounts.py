"""Operations on accounts."""

from __future__ import annotations

from ...ledger import accounts, membership, programs
from ...ledger.accounts import Account
from ...ledger.merge import merge as merge_accounts
from .. import expansion
from ..dialects import account_key
from ..operation import Call
from ..parameters import guide, reference
from ..parameters.base import WithExpand
from ..render import Json
from . import pages


def create(call: Call, asked: guide.CreateAccount | reference.CreateAccount) -> Json:
    """Enrol a member. A welcome bonus shows on the next read."""
    program = asked.program or programs.default(call.work).id
    account = membership.enrol(call.work, program, asked.customer, asked.metadata)
    return _shown(call, account, asked)


def retrieve(call: Call, asked: WithExpand) -> Json:
    """One member."""
    return _shown(call, _in_path(call), asked)


def update(call: Call, asked: guide.UpdateAccount | reference.UpdateAccount) -> Json:
    """Change tier, customer or metadata."""
    return _shown(call, membership.change(call.work, _in_path(call), asked.changes()), asked)


def listing(call: Call, asked: guide.ListAccounts | reference.ListAccounts) -> Json:
    """A page of members."""
    if asked.program is not None:
        programs.get(call.work, asked.program)
    wanted = expansion.parse(asked.expand, call.dialect.expandable_in_account)
    page = accounts.page(
        call.work,
        pages.window(asked, account_key),
        program=asked.program,
        customer=asked.customer,
        status=asked.status,
    )
    return pages.envelope(
        call.dialect, page, lambda account: call.dialect.account(call.work, account, wanted)
    )


def close(call: Call, asked: WithExpand) -> Json:
    """Retire a member, history kept."""
    return _shown(call, membership.close(call.work, _in_path(call)), asked)


def reopen(call: Call, asked: WithExpand) -> Json:
    """Undo a close."""
    return _shown(call, membership.reopen(call.work, _in_path(call)), asked)


def merge(call: Call, asked: guide.MergeAccounts) -> Json:
    """Merge a member into another; the answer is the survivor."""
    source = accounts.require(call.work, account_key(asked.source), "source")
    target = accounts.require(call.work, account_key(asked.target), "target")
    return _shown(call, merge_accounts(call.work, source, target), asked)


def _in_path(call: Call) -> Account:
    return accounts.require(call.work, account_key(call.id), "id")


def _shown(call: Call, account: Account, asked: WithExpand) -> Json:
    wanted = expansion.parse(asked.expand, call.dialect.expandable_in_account)
    return call.dialect.account(call.work, account, wanted)

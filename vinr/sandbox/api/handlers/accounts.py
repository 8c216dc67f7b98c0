"""Operations on accounts."""

from __future__ import annotations

from ...dialects import expansion
from ...dialects.dialect import account_key
from ...dialects.render import Json
from ...ledger import accounts, membership, programs
from ...ledger.merge import merge as merge_accounts
from ...ledger.rows import AccountRow
from ...parameters import guide, reference
from ...parameters.base import WithExpand
from ..operation import RequestContext
from . import pagination


def create(
    context: RequestContext, parameters: guide.CreateAccount | reference.CreateAccount
) -> Json:
    """Enrol a member. A welcome bonus shows on the next read."""
    program = parameters.program or programs.default(context.work).id
    account = membership.enrol(context.work, program, parameters.customer, parameters.metadata)
    return _rendered(context, account, parameters)


def retrieve(context: RequestContext, parameters: WithExpand) -> Json:
    """One member."""
    return _rendered(context, _account_in_path(context), parameters)


def update(
    context: RequestContext, parameters: guide.UpdateAccount | reference.UpdateAccount
) -> Json:
    """Change tier, customer or metadata."""
    return _rendered(
        context,
        membership.update(context.work, _account_in_path(context), parameters.changes()),
        parameters,
    )


def list_page(
    context: RequestContext, parameters: guide.ListAccounts | reference.ListAccounts
) -> Json:
    """A page of members."""
    if parameters.program is not None:
        programs.get(context.work, parameters.program)
    expand = expansion.parse_expand(parameters.expand, context.dialect.expandable_in_account)
    page = accounts.page(
        context.work,
        pagination.window(parameters, account_key),
        program=parameters.program,
        customer=parameters.customer,
        status=parameters.status,
    )
    return pagination.envelope(
        context.dialect,
        page,
        lambda account: context.dialect.account(context.work, account, expand),
    )


def close(context: RequestContext, parameters: WithExpand) -> Json:
    """Close an account; its history is kept."""
    return _rendered(context, membership.close(context.work, _account_in_path(context)), parameters)


def reopen(context: RequestContext, parameters: WithExpand) -> Json:
    """Reopen a closed account."""
    return _rendered(
        context, membership.reopen(context.work, _account_in_path(context)), parameters
    )


def merge(context: RequestContext, parameters: guide.MergeAccounts) -> Json:
    """Merge a member into another; the answer is the survivor."""
    source = accounts.require(context.work, account_key(parameters.source), "source")
    target = accounts.require(context.work, account_key(parameters.target), "target")
    return _rendered(context, merge_accounts(context.work, source, target), parameters)


def _account_in_path(context: RequestContext) -> AccountRow:
    return accounts.require(context.work, account_key(context.id), "id")


def _rendered(context: RequestContext, account: AccountRow, parameters: WithExpand) -> Json:
    expand = expansion.parse_expand(parameters.expand, context.dialect.expandable_in_account)
    return context.dialect.account(context.work, account, expand)

"""Operations on transactions."""

from __future__ import annotations

from ...dialects import expansion
from ...dialects.dialect import account_key, transaction_key
from ...dialects.render import Json
from ...ledger import accounts, transactions
from ...ledger.rows import TransactionRow
from ...ledger.transactions import NewTransaction
from ...parameters import guide, reference
from ...parameters.base import WithExpand
from ...refusal import Refusal
from ..operation import RequestContext
from . import pagination


def create(
    context: RequestContext, parameters: guide.CreateTransaction | reference.CreateTransaction
) -> Json:
    """Post an adjustment; its origin is the id of the request."""
    account = accounts.require(context.work, account_key(parameters.account), "account")
    adjustment = NewTransaction(
        "adjust",
        parameters.signed_amount,
        origin_type="manual",
        origin_id=context.request_id,
        reason=parameters.reason,
        metadata=parameters.metadata,
    )
    return _rendered(context, transactions.post(context.work, account, adjustment), parameters)


def retrieve(context: RequestContext, parameters: WithExpand) -> Json:
    """One transaction."""
    transaction = transactions.find(context.work, transaction_key(context.id))
    if transaction is None:
        raise Refusal("resource_missing", "No such transaction.", param="id")
    return _rendered(context, transaction, parameters)


def list_page(
    context: RequestContext, parameters: guide.ListTransactions | reference.ListTransactions
) -> Json:
    """A page of transactions."""
    expand = expansion.parse_expand(parameters.expand, context.dialect.expandable_in_transaction)
    account = None
    if parameters.account is not None:
        account = accounts.require(context.work, account_key(parameters.account), "account").key
    page = transactions.page(
        context.work,
        pagination.window(parameters, transaction_key),
        account=account,
        type=parameters.type,
    )
    return pagination.envelope(
        context.dialect, page, lambda row: context.dialect.transaction(context.work, row, expand)
    )


def _rendered(context: RequestContext, transaction: TransactionRow, parameters: WithExpand) -> Json:
    expand = expansion.parse_expand(parameters.expand, context.dialect.expandable_in_transaction)
    return context.dialect.transaction(context.work, transaction, expand)

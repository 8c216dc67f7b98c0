"""Operations on transactions."""

from __future__ import annotations

from ...ledger import accounts, transactions
from ...ledger.transactions import Entry, Transaction
from ...refusal import Refusal
from .. import expansion
from ..dialects import account_key, transaction_key
from ..operation import Call
from ..parameters import guide, reference
from ..parameters.base import WithExpand
from ..render import Json
from . import pages

MANUAL = "manual"


def create(call: Call, asked: guide.CreateTransaction | reference.CreateTransaction) -> Json:
    """Post an adjustment; its origin is the request that it came with."""
    account = accounts.require(call.work, account_key(asked.account), "account")
    entry = Entry(
        "adjust",
        asked.signed_amount,
        origin_type=MANUAL,
        origin_id=call.request_id,
        reason=asked.reason,
        metadata=asked.metadata,
    )
    return _shown(call, transactions.post(call.work, account, entry), asked)


def retrieve(call: Call, asked: WithExpand) -> Json:
    """One entry of the ledger."""
    transaction = transactions.find(call.work, transaction_key(call.id))
    if transaction is None:
        raise Refusal("resource_missing", "No such transaction.", param="id")
    return _shown(call, transaction, asked)


def listing(call: Call, asked: guide.ListTransactions | reference.ListTransactions) -> Json:
    """A page of the ledger."""
    wanted = expansion.parse(asked.expand, call.dialect.expandable_in_transaction)
    account = None
    if asked.account is not None:
        account = accounts.require(call.work, account_key(asked.account), "account").key
    page = transactions.page(
        call.work, pages.window(asked, transaction_key), account=account, type=asked.type
    )
    return pages.envelope(
        call.dialect, page, lambda entry: call.dialect.transaction(call.work, entry, wanted)
    )


def _shown(call: Call, transaction: Transaction, asked: WithExpand) -> Json:
    wanted = expansion.parse(asked.expand, call.dialect.expandable_in_transaction)
    return call.dialect.transaction(call.work, transaction, wanted)

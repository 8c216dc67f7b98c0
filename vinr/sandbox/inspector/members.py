"""The pages of members: the list, which can be searched, and one member with the history."""

from collections.abc import Mapping
from typing import Final, cast

from ..dialects.dialect import account_key, transaction_key
from ..ledger import accounts, customers, merge, programs, qualifying, scheduled, search
from ..ledger.rows import AccountRow, TransactionRow
from ..ledger.search import MemberSearch, Order, TransactionWithBalance
from ..ledger.unit_of_work import UnitOfWork
from ..redaction import redact_object
from ..refusal import Refusal
from ..request_log import LoggedRequest
from . import requests
from .page import InspectedSandbox, PageRequest, PageResponse, row_range, table_page

STATUSES: Final = {"": "Any status", "active": "Active", "closed": "Closed", "merged": "Merged"}
ORDERS: Final = {
    "newest": "Newest first",
    "balance": "Highest balance",
    "lifetime": "Most lifetime points",
}

_MOST_UPCOMING: Final = 12


def members(sandbox: InspectedSandbox, request: PageRequest) -> PageResponse:
    """The members that match the search."""
    text, status = request.text("q"), request.one_of("status", STATUSES)
    order = cast("Order", request.one_of("order", ORDERS))
    with sandbox.ledger.read() as work:
        wanted = MemberSearch(text, account_key(text), transaction_key(text), status)
        page, total = search.members(work, wanted, order, row_range(request))
        context = {
            "members": [
                {
                    **_row(work, account),
                    "merged": merge.merged(work, account.key),
                    "merged_into": merge.merged_into(work, account.key),
                }
                for account in page
            ],
            "table": table_page(request, total),
            "totals": search.totals(work),
            "text": text,
            "status": status,
            "statuses": STATUSES,
            "order": order,
            "orders": ORDERS,
        }
    return PageResponse("members.html", context)


def member(sandbox: InspectedSandbox, request: PageRequest) -> PageResponse:
    """One member with the transactions."""
    kept = requests.by_id(sandbox.requests)
    with sandbox.ledger.read() as work:
        account = accounts.find(work, account_key(request.id))
        if account is None:
            raise Refusal("resource_missing", "There is no such member.")
        page, total = search.transactions_with_balance(work, account.key, row_range(request))
        context = {
            **_row(work, account),
            "metadata": redact_object(account.metadata),
            "customer": account.customer and customers.get(work, account.customer),
            "merged": merge.merged(work, account.key),
            "merged_into": merge.merged_into(work, account.key),
            "history": [_entry(work, account, row, kept) for row in page],
            "upcoming": scheduled.upcoming(work, account.key, _MOST_UPCOMING),
            "table": table_page(request, total),
        }
    return PageResponse("member.html", context)


def _entry(
    work: UnitOfWork,
    account: AccountRow,
    row: TransactionWithBalance,
    kept: Mapping[str, LoggedRequest],
) -> dict[str, object]:
    merged = row.posted_to != account.key
    return {
        "row": row,
        "request": _request_that_posted(row.transaction, kept),
        "merged_from": accounts.get(work, row.posted_to) if merged else None,
        "metadata": redact_object(row.transaction.metadata),
    }


def _request_that_posted(
    transaction: TransactionRow, kept: Mapping[str, LoggedRequest]
) -> LoggedRequest | None:
    request = kept.get(transaction.origin_id or "")
    # with a seed, another run on the same file gave the same ids to other requests
    if request is None or transaction.key.encode() not in request.answer:
        return None
    return request


def _row(work: UnitOfWork, account: AccountRow) -> dict[str, object]:
    program = programs.get(work, account.program)
    return {
        "account": account,
        "tier": accounts.tier_of(work, account),
        "tier_period": program.tier_period,
        "qualifying_points": qualifying.points_of(work, account, program),
    }

"""The pages of members: the list, which can be searched, and one member with the history."""

from typing import Final, cast

from ..dialects.dialect import account_key
from ..ledger import accounts, customers, programs, qualifying, scheduled, search
from ..ledger.rows import AccountRow
from ..ledger.search import Order
from ..ledger.unit_of_work import UnitOfWork
from ..redaction import redact_object
from ..refusal import Refusal
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
        page, total = search.members(
            work, account_key(text) or text, status, order, row_range(request)
        )
        context = {
            "members": [_row(work, account) for account in page],
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
    with sandbox.ledger.read() as work:
        account = accounts.find(work, account_key(request.id))
        if account is None:
            raise Refusal("resource_missing", "There is no such member.")
        page, total = search.transactions_with_balance(work, account.key, row_range(request))
        context = {
            **_row(work, account),
            "metadata": redact_object(account.metadata),
            "customer": account.customer and customers.get(work, account.customer),
            "survivor": search.survivor(work, account.key),
            "history": page,
            "upcoming": scheduled.upcoming(work, account.key, _MOST_UPCOMING),
            "table": table_page(request, total),
        }
    return PageResponse("member.html", context)


def _row(work: UnitOfWork, account: AccountRow) -> dict[str, object]:
    program = programs.get(work, account.program)
    return {
        "account": account,
        "tier": accounts.tier_of(work, account),
        "tier_period": program.tier_period,
        "qualifying_points": qualifying.points_of(work, account, program),
    }

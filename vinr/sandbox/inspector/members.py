"""Members: the list that one searches, and one of them with the ledger."""

from typing import Final, cast

from ..api.dialects import account_key
from ..ledger import accounts, customers, due, search
from ..ledger.accounts import Account
from ..ledger.search import Order
from ..ledger.work import UnitOfWork
from ..refusal import Refusal
from .page import Asked, Shown, State, part, rows

STATUSES: Final = {"": "Any status", "active": "Active", "closed": "Closed", "merged": "Merged"}
ORDERS: Final = {
    "newest": "Newest first",
    "balance": "Highest balance",
    "lifetime": "Most lifetime points",
}

_MOST_COMING: Final = 12


def members(state: State, asked: Asked) -> Shown:
    """The members that match."""
    text, status = asked.text("q"), asked.one_of("status", STATUSES)
    order = cast("Order", asked.one_of("order", ORDERS))
    with state.ledger.read() as work:
        found, total = search.members(work, account_key(text) or text, status, order, rows(asked))
        context = {
            "members": [_row(work, account) for account in found],
            "part": part(asked, total),
            "totals": search.totals(work),
            "text": text,
            "status": status,
            "statuses": STATUSES,
            "order": order,
            "orders": ORDERS,
        }
    return Shown("members.html", context)


def member(state: State, asked: Asked) -> Shown:
    """One member."""
    with state.ledger.read() as work:
        account = accounts.find(work, account_key(asked.id))
        if account is None:
            raise Refusal("resource_missing", "There is no such member.")
        found, total = search.postings(work, account.key, rows(asked))
        context = {
            **_row(work, account),
            "customer": account.customer and customers.get(work, account.customer),
            "survivor": search.survivor(work, account.key),
            "postings": found,
            "coming": due.coming(work, account.key, _MOST_COMING),
            "part": part(asked, total),
        }
    return Shown("member.html", context)


def _row(work: UnitOfWork, account: Account) -> dict[str, object]:
    return {"account": account, "tier": accounts.tier_of(work, account)}

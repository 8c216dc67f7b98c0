"""Writes accounts, transactions and pages in each dialect: the documented fields, no others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import TypeAlias

from ..ledger import accounts, customers
from ..ledger.pagination import Page
from ..ledger.rows import AccountRow, CustomerRow, TransactionRow
from ..ledger.unit_of_work import UnitOfWork
from . import objects
from .expansion import ExpandTree

Json: TypeAlias = Mapping[str, object]


def guide_account(
    work: UnitOfWork, account: AccountRow, expand: ExpandTree
) -> objects.AccountObject:
    """An account in the guide's dialect."""
    return {
        "id": "loy_" + account.key,
        "program": account.program,
        "customer": _customer(work, account, expand),
        "status": account.status,
        "balance": account.balance,
        "lifetime_points": account.lifetime_points,
        "tier": _guide_tier(work, account, expand),
        "metadata": account.metadata,
    }


def reference_account(
    work: UnitOfWork, account: AccountRow, expand: ExpandTree
) -> objects.LoyaltyAccountObject:
    """An account in the reference's dialect."""
    return {
        "id": "la_" + account.key,
        "customer": _customer(work, account, expand),
        "points_balance": account.balance,
        "tier": _reference_tier(work, account, expand),
        "programme_id": account.program,
        "created": account.created,
    }


def guide_transaction(
    _work: UnitOfWork, transaction: TransactionRow, _expand: ExpandTree
) -> objects.TransactionObject:
    """A transaction in the guide's dialect; ``origin`` and ``created_at`` are our choice."""
    return {
        "id": "ptx_" + transaction.key,
        "account": "loy_" + transaction.account,
        "type": transaction.type,
        "amount": transaction.amount,
        "reason": transaction.reason,
        "metadata": transaction.metadata,
        "origin": {"type": transaction.origin_type, "id": transaction.origin_id},
        "created_at": utc_time(transaction.created),
    }


def reference_transaction(
    work: UnitOfWork, transaction: TransactionRow, expand: ExpandTree
) -> objects.PointsTransactionObject:
    """A transaction in the reference's dialect: the sign of the amount is its type."""
    return {
        "id": "pt_" + transaction.key,
        "loyalty_account": _loyalty_account(work, transaction, expand),
        "amount": abs(transaction.amount),
        "type": "credit" if transaction.amount > 0 else "debit",
        "points_after": transaction.points_after,
        "reason": transaction.reason,
        "created": transaction.created,
    }


def customer_record(customer: CustomerRow) -> objects.CustomerRecordObject:
    """A customer; only the reference's dialect has them."""
    return {
        "id": customer.id,
        "object": "customer",
        "email": None if customer.deleted else customer.email,
        "name": customer.name,
        "phone": customer.phone,
        "default_payment_method": customer.default_payment_method,
        "metadata": customer.metadata,
        "created": customer.created,
    }


def guide_page(page: Page[Json]) -> objects.GuidePage[Json]:
    """The guide's envelope; the cursor goes on in the direction of the request.

    Source: our choice.
    """
    return {
        "object": "list",
        "data": page.rows,
        "page": {
            "has_more": page.has_more,
            "next_cursor": _next_cursor(page) if page.has_more else None,
            "total_estimate": page.total,
        },
    }


def reference_page(page: Page[Json]) -> objects.ReferencePage[Json]:
    """The reference's envelope: the last item's id is the cursor."""
    return {"object": "list", "data": page.rows, "has_more": page.has_more}


@lru_cache(maxsize=256)  # most of what is shown at once was posted in a few seconds
def utc_time(unix_seconds: int) -> str:
    """ISO 8601 in UTC."""
    return datetime.fromtimestamp(unix_seconds, UTC).isoformat().replace("+00:00", "Z")


def _next_cursor(page: Page[Json]) -> str:
    return str(page.rows[0 if page.backwards else -1]["id"])


def _customer(
    work: UnitOfWork, account: AccountRow, expand: ExpandTree
) -> str | objects.CustomerObject | None:
    if account.customer is None or "customer" not in expand:
        return account.customer
    customer = customers.get(work, account.customer)
    return {"id": customer.id, "email": customer.email}


def _guide_tier(
    work: UnitOfWork, account: AccountRow, expand: ExpandTree
) -> str | objects.ExpandedGuideTierObject | None:
    tier = accounts.tier_of(work, account)
    if tier is None:
        return None
    if "tier" not in expand:
        return tier.key
    return {"id": tier.id, "key": tier.key, "name": tier.name, "min_points": tier.min_points}


def _reference_tier(
    work: UnitOfWork, account: AccountRow, expand: ExpandTree
) -> str | objects.ExpandedTierObject | None:
    tier = accounts.tier_of(work, account)
    if tier is None:
        return None
    if "tier" not in expand:
        return tier.id
    return {"id": tier.id, "name": tier.name, "min_points": tier.min_points}


def _loyalty_account(
    work: UnitOfWork, transaction: TransactionRow, expand: ExpandTree
) -> str | objects.LoyaltyAccountObject:
    tree = expand.get("loyalty_account")
    if tree is None:
        return "la_" + transaction.account
    return reference_account(work, accounts.get(work, transaction.account), tree)

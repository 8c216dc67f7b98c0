"""Payments and refunds: how they become points, each of them once."""

from dataclasses import fields, replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from ..programs import Program
from ..refusal import Impossible, Refusal
from . import accounts, customers, earning_rules, membership, redemptions, transactions
from .earning_rules import PAYMENT_COMPLETED
from .limits import MOST_POINTS
from .rows import AccountRow, ColumnValues, PaymentRow, TransactionRow
from .transactions import NewTransaction
from .unit_of_work import UnitOfWork

_DAY: Final = 24 * 60 * 60
_COLUMNS: Final = ", ".join(field.name for field in fields(PaymentRow))


def _payment_row(values: ColumnValues) -> PaymentRow:
    payment = PaymentRow(*values)
    return replace(payment, amount=Decimal(payment.amount), refunded=Decimal(payment.refunded))


def find(work: UnitOfWork, payment_id: str) -> PaymentRow | None:
    """The payment with this id, if there is one."""
    values: ColumnValues | None = work.db.execute(
        f"SELECT {_COLUMNS} FROM payments WHERE id = ?", (payment_id,)
    ).fetchone()
    return None if values is None else _payment_row(values)


def next_available(work: UnitOfWork) -> PaymentRow | None:
    """The first payment whose pending points have become spendable by now."""
    values: ColumnValues | None = work.db.execute(
        f"SELECT {_COLUMNS} FROM payments"
        " WHERE pending > 0 AND available <= ? ORDER BY available, rowid LIMIT 1",
        (work.now,),
    ).fetchone()
    return None if values is None else _payment_row(values)


def make_available(work: UnitOfWork, payment: PaymentRow) -> None:
    """Post the pending points of a payment, also to an account that was closed meanwhile."""
    account = accounts.get(work, payment.account or "")
    earned = transactions.post_to_any(
        work, account, _earning(payment.id, payment.pending, payment.amount)
    )
    work.db.execute(
        "UPDATE payments SET earned = ?, pending = 0 WHERE id = ?", (earned.key, payment.id)
    )


def _earning(payment_id: str, points: int, amount: Decimal) -> NewTransaction:
    return NewTransaction(
        "earn", points, "payment", payment_id, reason=PAYMENT_COMPLETED, spent=int(amount)
    )


def complete(
    work: UnitOfWork, payment_id: str, program: Program, customer: str | None, amount: Decimal
) -> TransactionRow | None:
    """A payment was completed: the customer's member earns, once for each payment id.

    The member's pending redemptions are applied to it.

    None where nobody earns: no customer, no member and no auto-enrolment, less than a point;
    and where the points are pending.
    """
    known = find(work, payment_id)
    if known is not None:
        return transactions.find(work, known.earned) if known.earned else None
    member = _member(work, program, customer)
    points = earning_rules.points_for_payment(work, program, amount) if member else 0
    if points > MOST_POINTS:
        message = "The payment would give more than 2**63 - 1 points."
        raise Impossible("parameter_invalid", message, param="amount")
    earned = None
    if member and points and not program.pending_days:
        earned = transactions.post(work, member, _earning(payment_id, points, amount))
    if member:
        redemptions.apply_pending(work, member)
    available = work.now + program.pending_days * _DAY
    work.db.execute(
        "INSERT INTO payments (id, account, amount, points, earned, pending, available)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            payment_id,
            member.key if member else None,
            str(amount),
            points,
            earned.key if earned else None,
            points if member and not earned else 0,
            available,
        ),
    )
    work.cache.schedule(available)
    return earned


def refund(
    work: UnitOfWork, refund_id: str, payment_id: str, amount: Decimal | None
) -> TransactionRow | None:
    """A payment was refunded, whole or in part: what it earned is taken back in proportion.

    Only what the member still has is taken, as a balance never goes below zero. None where there
    is nothing to take. A refund id counts once.
    """
    known: tuple[str | None] | None = work.db.execute(
        "SELECT reversal FROM refunds WHERE id = ?", (refund_id,)
    ).fetchone()
    if known is not None:
        return transactions.find(work, known[0]) if known[0] else None
    payment = _refundable(work, payment_id, amount)
    refunded = payment.amount if amount is None else payment.refunded + amount
    owed = int(payment.points * Fraction(refunded) / Fraction(payment.amount)) - payment.reversed
    from_pending = min(owed, payment.pending)
    reversal = _reverse_earned(work, refund_id, payment, owed - from_pending)
    from_balance = -reversal.amount if reversal else 0
    work.db.execute(
        "UPDATE payments SET refunded = ?, reversed = reversed + ?, pending = pending - ?"
        " WHERE id = ?",
        (str(refunded), from_pending + from_balance, from_pending, payment.id),
    )
    work.db.execute(
        "INSERT INTO refunds (id, payment, reversal) VALUES (?, ?, ?)",
        (refund_id, payment.id, reversal.key if reversal else None),
    )
    return reversal


def _member(work: UnitOfWork, program: Program, customer: str | None) -> AccountRow | None:
    if customer is None or customers.is_deleted(work, customer):
        return None
    member = accounts.find_active(work, program.id, customer)
    if member is None and program.auto_enrollment:
        enrolled = membership.enrol(work, program.id, customer, {})
        member = accounts.get(work, enrolled.key)
    return member


def _refundable(work: UnitOfWork, payment_id: str, amount: Decimal | None) -> PaymentRow:
    payment = find(work, payment_id)
    if payment is None:
        raise Refusal("resource_missing", "No such payment.", param="payment")
    if payment.refunded + (amount or 0) > payment.amount:
        raise Impossible(
            "parameter_invalid",
            f"Of this payment {payment.amount - payment.refunded} is left to refund.",
            param="amount",
        )
    return payment


def _reverse_earned(
    work: UnitOfWork, refund_id: str, payment: PaymentRow, owed: int
) -> TransactionRow | None:
    if payment.account is None:
        return None
    member = accounts.get(work, payment.account)
    points = min(owed, member.balance)
    if points <= 0:
        return None
    reversal = NewTransaction(
        "reverse",
        -points,
        "refund",
        refund_id,
        reason="payment.refunded",
        take_first_from=payment.earned,
    )
    return transactions.post(work, member, reversal)

"""Payments and refunds: how they become points, each of them once."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ..programs import Program
from ..refusal import Impossible, Refusal
from . import accounts, membership, transactions
from .accounts import Account
from .transactions import Entry, Transaction
from .work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Payment:
    """A completed payment, and what became of it. Amounts are in units of currency."""

    id: str
    account: str | None
    """The member who earned; None where nobody did."""
    amount: Decimal
    points: int
    earned: str | None
    """The transaction that the points came with."""
    refunded: Decimal
    reversed: int


def find(work: UnitOfWork, payment_id: str) -> Payment | None:
    """The payment with this id."""
    row: tuple[str, str | None, str, int, str | None, str, int] | None = work.db.execute(
        "SELECT id, account, amount, points, earned, refunded, reversed FROM payments WHERE id = ?",
        (payment_id,),
    ).fetchone()
    if row is None:
        return None
    id, account, amount, points, earned, refunded, reversed = row
    return Payment(id, account, Decimal(amount), points, earned, Decimal(refunded), reversed)


def complete(
    work: UnitOfWork, payment_id: str, program: Program, customer: str | None, amount: Decimal
) -> Transaction | None:
    """A payment was completed: the member earns. Told again, it earns nothing more.

    None where nobody earned: no customer, no member and no auto-enrolment, less than a point.
    """
    known = find(work, payment_id)
    if known is not None:
        return transactions.find(work, known.earned) if known.earned else None
    member = _member(work, program, customer)
    points = int(Fraction(amount) * Fraction(program.points_per_unit)) if member else 0
    earned = None
    if member and points:
        earned = transactions.post(
            work, member, Entry("earn", points, "payment", payment_id, reason="payment.completed")
        )
    work.db.execute(
        "INSERT INTO payments (id, account, amount, points, earned) VALUES (?, ?, ?, ?, ?)",
        (
            payment_id,
            member.key if member else None,
            str(amount),
            points,
            earned.key if earned else None,
        ),
    )
    return earned


def refund(
    work: UnitOfWork, refund_id: str, payment_id: str, amount: Decimal | None
) -> Transaction | None:
    """A payment was refunded, whole or in part: what it earned is taken back in proportion.

    Only what the member still has is taken: a balance never goes below zero.
    None where there was nothing to take. Told again, a refund takes nothing more.
    """
    known: tuple[str | None] | None = work.db.execute(
        "SELECT reversal FROM refunds WHERE id = ?", (refund_id,)
    ).fetchone()
    if known is not None:
        return transactions.find(work, known[0]) if known[0] else None
    payment = _refundable(work, payment_id, amount)
    refunded = payment.amount if amount is None else payment.refunded + amount
    reversal = _claw_back(work, refund_id, payment, refunded)
    work.db.execute(
        "UPDATE payments SET refunded = ?, reversed = reversed + ? WHERE id = ?",
        (str(refunded), -reversal.amount if reversal else 0, payment.id),
    )
    work.db.execute(
        "INSERT INTO refunds (id, payment, reversal) VALUES (?, ?, ?)",
        (refund_id, payment.id, reversal.key if reversal else None),
    )
    return reversal


def _member(work: UnitOfWork, program: Program, customer: str | None) -> Account | None:
    if customer is None:
        return None
    member = accounts.active_of(work, program.id, customer)
    if member is None and program.auto_enrollment:
        enrolled = membership.enrol(work, program.id, customer, {})
        member = accounts.get(work, enrolled.key)
    return member


def _refundable(work: UnitOfWork, payment_id: str, amount: Decimal | None) -> Payment:
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


def _claw_back(
    work: UnitOfWork, refund_id: str, payment: Payment, refunded: Decimal
) -> Transaction | None:
    if payment.account is None:
        return None
    member = accounts.get(work, payment.account)
    due = int(payment.points * Fraction(refunded) / Fraction(payment.amount)) - payment.reversed
    points = min(due, member.balance)
    if points <= 0:
        return None
    entry = Entry("reverse", -points, "refund", refund_id, reason="payment.refunded")
    return transactions.post(work, member, entry)

"""Payments and refunds: how they become points, each of them once."""

from dataclasses import dataclass, fields, replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from ..programs import Program
from ..refusal import Impossible, Refusal
from . import accounts, membership, transactions
from .accounts import Account
from .listing import Row
from .transactions import Entry, Transaction
from .work import UnitOfWork

_DAY: Final = 24 * 60 * 60


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
    pending: int
    """Points that are not spendable yet, and no entry of the ledger yet."""


def find(work: UnitOfWork, payment_id: str) -> Payment | None:
    """The payment with this id."""
    row: Row | None = work.db.execute(
        f"SELECT {_COLUMNS} FROM payments WHERE id = ?", (payment_id,)
    ).fetchone()
    return None if row is None else _read(row)


_COLUMNS: Final = ", ".join(field.name for field in fields(Payment))


def _read(row: Row) -> Payment:
    payment = Payment(*row)
    return replace(payment, amount=Decimal(payment.amount), refunded=Decimal(payment.refunded))


def next_available(work: UnitOfWork) -> Payment | None:
    """The first payment whose points have become spendable."""
    row: Row | None = work.db.execute(
        f"SELECT {_COLUMNS} FROM payments"
        " WHERE pending > 0 AND available <= ? ORDER BY available, rowid LIMIT 1",
        (work.now,),
    ).fetchone()
    return None if row is None else _read(row)


def make_available(work: UnitOfWork, payment: Payment) -> None:
    """Post what was pending, also to an account that was closed meanwhile."""
    account = accounts.get(work, payment.account or "")
    earned = transactions.post_always(work, account, _earning(payment.id, payment.pending))
    work.db.execute(
        "UPDATE payments SET earned = ?, pending = 0 WHERE id = ?", (earned.key, payment.id)
    )


def _earning(payment_id: str, points: int) -> Entry:
    return Entry("earn", points, "payment", payment_id, reason="payment.completed")


def complete(
    work: UnitOfWork, payment_id: str, program: Program, customer: str | None, amount: Decimal
) -> Transaction | None:
    """A payment was completed: the member earns. Told again, it earns nothing more.

    None where nobody earned: no customer, no member and no auto-enrolment, less than a point;
    and where the points are pending.
    """
    known = find(work, payment_id)
    if known is not None:
        return transactions.find(work, known.earned) if known.earned else None
    member = _member(work, program, customer)
    points = int(Fraction(amount) * Fraction(program.points_per_unit)) if member else 0
    earned = None
    if member and points and not program.pending_days:
        earned = transactions.post(work, member, _earning(payment_id, points))
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
    work.remembered.scheduled(available)
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
    due = int(payment.points * Fraction(refunded) / Fraction(payment.amount)) - payment.reversed
    not_earned = min(due, payment.pending)
    reversal = _claw_back(work, refund_id, payment, due - not_earned)
    clawed_back = -reversal.amount if reversal else 0
    work.db.execute(
        "UPDATE payments SET refunded = ?, reversed = reversed + ?, pending = pending - ?"
        " WHERE id = ?",
        (str(refunded), not_earned + clawed_back, not_earned, payment.id),
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


def _claw_back(work: UnitOfWork, refund_id: str, payment: Payment, due: int) -> Transaction | None:
    if payment.account is None:
        return None
    member = accounts.get(work, payment.account)
    points = min(due, member.balance)
    if points <= 0:
        return None
    entry = Entry(
        "reverse", -points, "refund", refund_id, reason="payment.refunded", of=payment.earned
    )
    return transactions.post(work, member, entry)

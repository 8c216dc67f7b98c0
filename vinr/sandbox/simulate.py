"""Simulates what happens inside VINR: payments earn, refunds, redemptions, expiry."""

from __future__ import annotations

from decimal import Decimal

from .._keywords import names_near_keywords
from ..loyalty import Transaction as GuideTransaction
from .dialects.dialect import GUIDE, account_key
from .dialects.expansion import NO_EXPANSION
from .ledger import accounts, payments, programs, redemptions, transactions
from .ledger.ledger import Ledger
from .ledger.rows import TransactionRow
from .ledger.transactions import NewTransaction
from .ledger.unit_of_work import UnitOfWork
from .parameters.base import parse
from .parameters.control import (
    Expiry,
    PaymentCompleted,
    PaymentRefunded,
    Redemption,
    RedemptionSettled,
)


def complete_payment(work: UnitOfWork, payment: PaymentCompleted) -> TransactionRow | None:
    """A payment earns points for the customer's member in a program."""
    program = programs.get(work, payment.program) if payment.program else programs.default(work)
    payment_id = payment.payment or "pay_" + work.new_key("payments", "payment")
    return payments.complete(work, payment_id, program, payment.customer, payment.amount)


def refund_payment(work: UnitOfWork, refund: PaymentRefunded) -> TransactionRow | None:
    """A refund takes back what the payment earned."""
    refund_id = refund.refund or "re_" + work.new_key("refunds", "refund")
    return payments.refund(work, refund_id, refund.payment, refund.amount)


def redeem(work: UnitOfWork, redemption: Redemption) -> TransactionRow:
    """A member exchanges points for a reward."""
    account = accounts.require(work, account_key(redemption.account), "account")
    redemption_id = redemption.redemption or "red_" + work.new_key("transactions", "redemption")
    return redemptions.redeem(work, redemption_id, account, redemption.points, redemption.reason)


def fulfil_redemption(work: UnitOfWork, settled: RedemptionSettled) -> TransactionRow:
    """The reward was handed over."""
    return redemptions.fulfil(work, settled.redemption)


def release_redemption(work: UnitOfWork, settled: RedemptionSettled) -> TransactionRow:
    """The reward was not handed over: its points come back."""
    return redemptions.release(work, settled.redemption)


def expire(work: UnitOfWork, expiry: Expiry) -> TransactionRow:
    """Points of a member expire."""
    account = accounts.require(work, account_key(expiry.account), "account")
    expiry_id = "exp_" + work.new_key("transactions", "expiry")
    new = NewTransaction("expire", -expiry.points, "expiry", expiry_id, reason="points.expired")
    return transactions.post(work, account, new)


@names_near_keywords
class Simulate:
    """``sandbox.simulate``; the same over HTTP under ``/_sandbox/simulate/``.

    Every method returns the transaction that it led to, and raises Refusal for what the service
    would refuse. Amounts are units of currency, points are whole points.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def payment_completed(
        self,
        *,
        amount: Decimal | int | str,
        customer: str | None = None,
        program: str | None = None,
        payment: str | None = None,
    ) -> GuideTransaction | None:
        """A payment was completed: its customer's member earns, once for each payment id.

        None where nobody earns: no customer, no member and no auto-enrolment, less than a point.
        None also where the program has ``pending_days``: the points are posted after those.
        """
        values = {"amount": amount, "customer": customer, "program": program, "payment": payment}
        with self._ledger.write() as work:
            earned = complete_payment(work, parse(PaymentCompleted, values))
            return _model(work, earned) if earned else None

    def payment_refunded(
        self,
        *,
        payment: str,
        amount: Decimal | int | str | None = None,
        refund: str | None = None,
    ) -> GuideTransaction | None:
        """A payment was refunded, all of it or ``amount``: its points are taken back in proportion.

        Only what the member still has is taken. None where there is nothing to take.
        """
        values = {"payment": payment, "amount": amount, "refund": refund}
        with self._ledger.write() as work:
            reversal = refund_payment(work, parse(PaymentRefunded, values))
            return _model(work, reversal) if reversal else None

    def redemption(
        self,
        *,
        account: str,
        points: int,
        redemption: str | None = None,
        reason: str | None = None,
    ) -> GuideTransaction:
        """A member redeemed points for a reward: they are taken at once, once for each id."""
        values = {"account": account, "points": points, "redemption": redemption, "reason": reason}
        with self._ledger.write() as work:
            return _model(work, redeem(work, parse(Redemption, values)))

    def redemption_fulfilled(self, *, redemption: str) -> GuideTransaction:
        """The reward was handed over: its points cannot come back. Returns the ``redeem``."""
        with self._ledger.write() as work:
            settled = parse(RedemptionSettled, {"redemption": redemption})
            return _model(work, fulfil_redemption(work, settled))

    def redemption_released(self, *, redemption: str) -> GuideTransaction:
        """The reward was not handed over: a ``reverse`` gives its points back, once."""
        with self._ledger.write() as work:
            settled = parse(RedemptionSettled, {"redemption": redemption})
            return _model(work, release_redemption(work, settled))

    def expiry(self, *, account: str, points: int) -> GuideTransaction:
        """Points of a member expired."""
        values = {"account": account, "points": points}
        with self._ledger.write() as work:
            return _model(work, expire(work, parse(Expiry, values)))


def _model(work: UnitOfWork, transaction: TransactionRow) -> GuideTransaction:
    return GuideTransaction.model_validate(GUIDE.transaction(work, transaction, NO_EXPANSION))

"""What the service does by itself, on request: payments earn, refunds, redemptions, expiry."""

from __future__ import annotations

from decimal import Decimal

from ..loyalty import Transaction as GuideTransaction
from .api.dialects import GUIDE, account_key
from .api.expansion import NOTHING
from .api.parameters.base import parse
from .api.parameters.control import (
    Expiry,
    PaymentCompleted,
    PaymentRefunded,
    Redemption,
    RedemptionSettled,
)
from .ledger import accounts, payments, programs, redemptions, transactions
from .ledger.transactions import Entry, Transaction
from .ledger.work import Ledger, UnitOfWork


def complete_payment(work: UnitOfWork, payment: PaymentCompleted) -> Transaction | None:
    """A payment earns points for the customer's member in a program."""
    program = programs.get(work, payment.program) if payment.program else programs.default(work)
    payment_id = payment.payment or "pay_" + work.new_key("payments", "payment")
    return payments.complete(work, payment_id, program, payment.customer, payment.amount)


def refund_payment(work: UnitOfWork, refund: PaymentRefunded) -> Transaction | None:
    """A refund takes back what the payment earned."""
    refund_id = refund.refund or "re_" + work.new_key("refunds", "refund")
    return payments.refund(work, refund_id, refund.payment, refund.amount)


def redeem(work: UnitOfWork, redemption: Redemption) -> Transaction:
    """A member exchanges points for a reward."""
    account = accounts.require(work, account_key(redemption.account), "account")
    origin = redemption.redemption or "red_" + work.new_key("transactions", "redemption")
    return redemptions.redeem(work, origin, account, redemption.points, redemption.reason)


def fulfil_redemption(work: UnitOfWork, settled: RedemptionSettled) -> Transaction:
    """The reward was handed over."""
    return redemptions.fulfil(work, settled.redemption)


def release_redemption(work: UnitOfWork, settled: RedemptionSettled) -> Transaction:
    """The reward was not handed over: its points come back."""
    return redemptions.release(work, settled.redemption)


def expire(work: UnitOfWork, expiry: Expiry) -> Transaction:
    """Points of a member expire."""
    account = accounts.require(work, account_key(expiry.account), "account")
    origin = "exp_" + work.new_key("transactions", "expiry")
    entry = Entry("expire", -expiry.points, "expiry", origin, reason="points.expired")
    return transactions.post(work, account, entry)


class Simulate:
    """The control side in Python; the same over HTTP under ``/_sandbox/simulate/``.

    Every method returns the transaction that it led to, and raises Refusal for
    what the service would refuse. Amounts are units of currency, points are whole points.
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
        None also where the program has ``pending_days``: it earns when they are over.
        """
        given = {"amount": amount, "customer": customer, "program": program, "payment": payment}
        with self._ledger.write() as work:
            earned = complete_payment(work, parse(PaymentCompleted, given))
            return _shown(work, earned) if earned else None

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
        given = {"payment": payment, "amount": amount, "refund": refund}
        with self._ledger.write() as work:
            reversal = refund_payment(work, parse(PaymentRefunded, given))
            return _shown(work, reversal) if reversal else None

    def redemption(
        self,
        *,
        account: str,
        points: int,
        redemption: str | None = None,
        reason: str | None = None,
    ) -> GuideTransaction:
        """A member redeemed points for a reward: they are taken at once, once for each id."""
        given = {"account": account, "points": points, "redemption": redemption, "reason": reason}
        with self._ledger.write() as work:
            return _shown(work, redeem(work, parse(Redemption, given)))

    def redemption_fulfilled(self, *, redemption: str) -> GuideTransaction:
        """The reward was handed over: its points cannot come back. Returns the ``redeem``."""
        with self._ledger.write() as work:
            asked = parse(RedemptionSettled, {"redemption": redemption})
            return _shown(work, fulfil_redemption(work, asked))

    def redemption_released(self, *, redemption: str) -> GuideTransaction:
        """The reward was not handed over: a ``reverse`` gives its points back, once."""
        with self._ledger.write() as work:
            asked = parse(RedemptionSettled, {"redemption": redemption})
            return _shown(work, release_redemption(work, asked))

    def expiry(self, *, account: str, points: int) -> GuideTransaction:
        """Points of a member expired."""
        given = {"account": account, "points": points}
        with self._ledger.write() as work:
            return _shown(work, expire(work, parse(Expiry, given)))


def _shown(work: UnitOfWork, transaction: Transaction) -> GuideTransaction:
    return GuideTransaction.model_validate(GUIDE.transaction(work, transaction, NOTHING))

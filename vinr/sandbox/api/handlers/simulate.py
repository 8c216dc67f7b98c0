"""Operations that simulate what happens inside VINR: payments, refunds, redemptions, expiry."""

from ... import simulate
from ...dialects.expansion import NO_EXPANSION
from ...dialects.render import Json
from ...ledger.rows import TransactionRow
from ...parameters import control
from ..operation import RequestContext


def payment_completed(context: RequestContext, parameters: control.PaymentCompleted) -> Json:
    """A payment earns."""
    return _result(context, simulate.complete_payment(context.work, parameters))


def payment_refunded(context: RequestContext, parameters: control.PaymentRefunded) -> Json:
    """A refund takes back."""
    return _result(context, simulate.refund_payment(context.work, parameters))


def redemption(context: RequestContext, parameters: control.Redemption) -> Json:
    """Points are redeemed."""
    return _result(context, simulate.redeem(context.work, parameters))


def redemption_fulfilled(context: RequestContext, parameters: control.RedemptionSettled) -> Json:
    """A reward was handed over."""
    return _result(context, simulate.fulfil_redemption(context.work, parameters))


def redemption_released(context: RequestContext, parameters: control.RedemptionSettled) -> Json:
    """A reward was not handed over: its points come back."""
    return _result(context, simulate.release_redemption(context.work, parameters))


def expiry(context: RequestContext, parameters: control.Expiry) -> Json:
    """Points expire."""
    return _result(context, simulate.expire(context.work, parameters))


def _result(context: RequestContext, transaction: TransactionRow | None) -> Json:
    if transaction is None:
        return {"transaction": None}
    return {"transaction": context.dialect.transaction(context.work, transaction, NO_EXPANSION)}

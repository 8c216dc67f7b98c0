"""Operations of the control side: what a test lets happen, sets up and looks at."""

from dataclasses import asdict

from ... import invariants, simulate
from ...ledger import customers, programs
from ...ledger.transactions import Transaction
from ...programs import Program
from ..expansion import NOTHING
from ..operation import Call
from ..parameters import control
from ..parameters.base import Parameters
from ..render import Json


def health(_call: Call, _asked: Parameters) -> Json:
    """Answers when the sandbox is ready."""
    return {"status": "ok"}


def check(call: Call, _asked: Parameters) -> Json:
    """The broken invariants, if any."""
    return {"findings": [asdict(finding) for finding in invariants.check(call.work)]}


def list_programs(call: Call, _asked: Parameters) -> Json:
    """All programs."""
    return {"data": [_definition(program) for program in programs.every(call.work)]}


def put_program(call: Call, asked: Program) -> Json:
    """Add a program, or replace the one with its id."""
    programs.put(call.work, asked)
    return _definition(asked)


def put_customer(call: Call, asked: control.Customer) -> Json:
    """Tell a customer's e-mail address."""
    customers.put(call.work, customers.Customer(asked.id, asked.email))
    return {"id": asked.id, "email": asked.email}


def payment_completed(call: Call, asked: control.PaymentCompleted) -> Json:
    """A payment earns."""
    return _outcome(call, simulate.complete_payment(call.work, asked))


def payment_refunded(call: Call, asked: control.PaymentRefunded) -> Json:
    """A refund takes back."""
    return _outcome(call, simulate.refund_payment(call.work, asked))


def redemption(call: Call, asked: control.Redemption) -> Json:
    """Points are redeemed."""
    return _outcome(call, simulate.redeem(call.work, asked))


def redemption_fulfilled(call: Call, asked: control.RedemptionSettled) -> Json:
    """A reward was handed over."""
    return _outcome(call, simulate.fulfil_redemption(call.work, asked))


def redemption_released(call: Call, asked: control.RedemptionSettled) -> Json:
    """A reward was not handed over: its points come back."""
    return _outcome(call, simulate.release_redemption(call.work, asked))


def expiry(call: Call, asked: control.Expiry) -> Json:
    """Points expire."""
    return _outcome(call, simulate.expire(call.work, asked))


def _definition(program: Program) -> Json:
    return program.model_dump(mode="json")


def _outcome(call: Call, transaction: Transaction | None) -> Json:
    if transaction is None:
        return {"transaction": None}
    return {"transaction": call.dialect.transaction(call.work, transaction, NOTHING)}

"""The parameters of the control side, through which a test steers the sandbox."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, ClassVar, Final, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from ..event_log import EVENT_TYPES
from ..faults.kinds import AnyFault
from ..programs import Identifier
from .base import Parameters, Points

_AMOUNT: Final = r"^[0-9]{1,15}(\.[0-9]{1,6})?$"


def _decimal(value: object) -> Decimal:
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool) and value <= 0:
        raise PydanticCustomError("amount", "An amount is above zero")
    if isinstance(value, bool) or not re.match(_AMOUNT, str(value), re.ASCII):
        raise PydanticCustomError("amount", "An amount is a whole number, or a decimal in a string")
    return Decimal(str(value))


def _not_float(value: object) -> object:
    if isinstance(value, float):
        raise PydanticCustomError("amount", "An amount is never a float")
    return value


Amount = Annotated[
    Decimal,
    Field(gt=0),
    BeforeValidator(_decimal),
    BeforeValidator(_not_float),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 1, "maximum": 10**15 - 1},
                {"type": "string", "pattern": _AMOUNT, "not": {"pattern": "^[0.]+$"}},
            ]
        }
    ),
]
"""Units of currency, such as ``"42.50"``; a Decimal, an int or a string, never a float."""


class PaymentCompleted(Parameters):
    """``simulate.payment_completed``; without a program it is the default one."""

    amount: Amount
    customer: Identifier | None = None
    program: Identifier | None = None
    payment: Identifier | None = None


class PaymentRefunded(Parameters):
    """``simulate.payment_refunded``; without an amount it is all that is left of the payment."""

    payment: Identifier
    amount: Amount | None = None
    refund: Identifier | None = None


class Redemption(Parameters):
    """``simulate.redemption``: points exchanged for a reward."""

    account: Identifier
    points: Points
    redemption: Identifier | None = None
    reason: str | None = None


class RedemptionSettled(Parameters):
    """``simulate.redemption_fulfilled`` and ``redemption_released``."""

    redemption: Identifier


class Expiry(Parameters):
    """``simulate.expiry``: points that were not used in time."""

    account: Identifier
    points: Points


class PutCustomer(Parameters):
    """A customer's e-mail address."""

    id: Identifier
    email: Annotated[str, Field(min_length=3, max_length=320)]


class AddFaults(Parameters):
    """``faults.add``: an operation's name or ``*``, and the faults of its next requests."""

    discriminated: ClassVar[frozenset[str]] = frozenset({"faults"})

    operation: Identifier
    faults: Annotated[list[AnyFault], Field(min_length=1, max_length=1000)]
    times: Annotated[int, Field(ge=1, le=1000)] | None = None
    probability: Annotated[float, Field(ge=0, le=1)] | None = None
    seed: int | None = None


_Step = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class AdvanceClock(Parameters):
    """``clock.advance``: by how much."""

    days: _Step = 0
    hours: _Step = 0
    minutes: _Step = 0
    seconds: _Step = 0


class RestoreSnapshot(Parameters):
    """``restore``: the id of a snapshot, ``snap_…``."""

    snapshot: Identifier


_EventType = Annotated[Identifier, Field(json_schema_extra={"enum": [*EVENT_TYPES]})]


class AddWebhook(Parameters):
    """``webhooks.add``: a URL of this machine, the secret for signatures, and which events.

    Without ``events`` and ``dialect`` these are the guide's.
    """

    url: Annotated[str, Field(min_length=1, max_length=2048)]
    secret: Identifier
    events: Annotated[list[_EventType], Field(min_length=1, max_length=100)] | None = None
    dialect: Literal["guide", "reference", "both"] | None = None
    doubled: bool = False
    out_of_order: bool = False

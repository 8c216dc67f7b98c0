"""A reward that was redeemed, as the reference shows it: ``rdm_…``."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from .lenient import AnyText, OrNone, TimeOrNone
from .model import Model, ObjectId
from .optional import IdOrNone, WholeNumberOrNone

RedeemableType: TypeAlias = Annotated[Literal["coupon", "reward", "offer"] | str, AnyText]
"""Open: VINR may add others."""


class Redemption(Model):
    """A coupon, reward or offer that a customer has redeemed. Immutable.

    Attributes:
        id: ``rdm_…``.
        customer: The customer's id, ``cust_…``.
        redeemable_id: What was redeemed, such as ``rwd_…``.
        redeemable_type: ``coupon``, ``reward`` or ``offer``; VINR may add others.
        amount_off: What it takes off a payment, in minor units of money.
        redeemed_at: When it was redeemed, UTC.
        created: When the object was made, UTC, where VINR says so.

    Every field but ``id`` is None where the answer does not have it.

    Source: VINR's reference; ``created`` is inferred.
    """

    id: ObjectId
    """``rdm_…``."""
    customer: IdOrNone = None
    """The customer's id, ``cust_…``."""
    redeemable_id: IdOrNone = None
    """What was redeemed, such as ``rwd_…``."""
    redeemable_type: Annotated[RedeemableType | None, OrNone] = None
    """``coupon``, ``reward`` or ``offer``; VINR may add others."""
    amount_off: WholeNumberOrNone = None
    """What it takes off a payment, in minor units of money."""
    redeemed_at: TimeOrNone = None
    """When it was redeemed, UTC."""
    created: TimeOrNone = None
    """When the object was made, UTC, where VINR says so."""

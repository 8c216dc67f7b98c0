"""A reward that was redeemed, as the guide shows it: ``rdm_…``."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from .camel_case import CamelCaseModel
from .lenient import AnyText, OrNone, TimeOrNone
from .model import ObjectId
from .optional import IdOrNone, PointsOrNone, TextOrNone, WholeNumberOrNone

RedemptionStatus: TypeAlias = Annotated[Literal["pending", "applied", "released"] | str, AnyText]
"""Open: VINR may add others."""


class Discount(CamelCaseModel):
    """What a redemption takes off a payment.

    Attributes:
        amount: In minor units of money.
        currency: Three letters, such as ``EUR``.
        code: What the member shows or types in.

    Source: VINR's guide.
    """

    amount: WholeNumberOrNone = None
    """In minor units of money."""
    currency: TextOrNone = None
    """Three letters, such as ``EUR``."""
    code: TextOrNone = None
    """What the member shows or types in."""


class Redemption(CamelCaseModel):
    """A reward that a member has redeemed: points went, a discount came.

    Attributes:
        id: ``rdm_…``.
        account: The member's id, ``loy_…``.
        reward: The reward's id, ``rwd_…``.
        points: What it cost, in points.
        status: ``pending``, ``applied`` once its payment is completed, or ``released`` where the
            points were given back; VINR may add others.
        discount: What it takes off a payment.
        transaction: The entry of the ledger that took the points, ``ptx_…``.
        created_at: When it was redeemed, UTC, where VINR says so.

    Every field but ``id`` is None where the answer does not have it.

    Source: VINR's guide for ``discount`` and ``applied``; the rest is inferred.
    """

    id: ObjectId
    """``rdm_…``."""
    account: IdOrNone = None
    """The member's id, ``loy_…``."""
    reward: IdOrNone = None
    """The reward's id, ``rwd_…``."""
    points: PointsOrNone = None
    """What it cost, in points."""
    status: Annotated[RedemptionStatus | None, OrNone] = None
    """``pending``, ``applied`` once its payment is completed, or ``released`` where the points were
    given back; VINR may add others."""
    discount: Annotated[Discount | None, OrNone] = None
    """What it takes off a payment."""
    transaction: IdOrNone = None
    """The entry of the ledger that took the points, ``ptx_…``."""
    created_at: TimeOrNone = None
    """When it was redeemed, UTC, where VINR says so."""

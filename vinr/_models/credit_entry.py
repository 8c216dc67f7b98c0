"""Store credit that a member was given, as the guide shows it: ``ptx_…``."""

from __future__ import annotations

from .camel_case import CamelCaseModel
from .lenient import TimeOrNone
from .model import ObjectId
from .optional import IdOrNone, TextOrNone, WholeNumberOrNone


class CreditEntry(CamelCaseModel):
    """An entry that put money into a member's wallet. Immutable.

    Attributes:
        id: ``ptx_…``, as entries of points have it.
        type: ``credit``, where VINR says so.
        account: The member's id, ``loy_…``.
        amount: What was issued, in minor units of money.
        currency: Three letters, such as ``EUR``.
        reason: Why it was issued, in your words.
        wallet_balance: What the member can spend now, in minor units of money.
        expires_at: When it is lost, UTC; None where it never is.
        created_at: When it was issued, UTC, where VINR says so.

    Every field but ``id`` is None where the answer does not have it.

    Source: VINR's guide for ``wallet_balance``; the rest is inferred.
    """

    id: ObjectId
    """``ptx_…``, as entries of points have it."""
    type: TextOrNone = None
    """``credit``, where VINR says so."""
    account: IdOrNone = None
    """The member's id, ``loy_…``."""
    amount: WholeNumberOrNone = None
    """What was issued, in minor units of money."""
    currency: TextOrNone = None
    """Three letters, such as ``EUR``."""
    reason: TextOrNone = None
    """Why it was issued, in your words."""
    wallet_balance: WholeNumberOrNone = None
    """What the member can spend now, in minor units of money."""
    expires_at: TimeOrNone = None
    """When it is lost, UTC; None where it never is."""
    created_at: TimeOrNone = None
    """When it was issued, UTC, where VINR says so."""

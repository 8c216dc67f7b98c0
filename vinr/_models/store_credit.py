"""Money that a customer can spend in the store, as the reference shows it: ``sc_…``."""

from __future__ import annotations

from .lenient import TimeOrNone
from .model import Model, ObjectId
from .optional import IdOrNone, TextOrNone, WholeNumberOrNone


class StoreCredit(Model):
    """Credit that was issued to a customer.

    Attributes:
        id: ``sc_…``.
        customer: The customer's id, ``cust_…``.
        amount: What was issued, in minor units of money.
        currency: Three letters, such as ``EUR``.
        balance_remaining: What is left of it, in minor units of money.
        reason: Why it was issued, in your words.
        expires_at: When what is left of it is lost, UTC; None where it never is.
        created: When it was issued, UTC, where VINR says so.

    Every field but ``id`` is None where the answer does not have it.

    Source: VINR's reference for ``balance_remaining`` and ``expires_at``; the rest is inferred.
    """

    id: ObjectId
    """``sc_…``."""
    customer: IdOrNone = None
    """The customer's id, ``cust_…``."""
    amount: WholeNumberOrNone = None
    """What was issued, in minor units of money."""
    currency: TextOrNone = None
    """Three letters, such as ``EUR``."""
    balance_remaining: WholeNumberOrNone = None
    """What is left of it, in minor units of money."""
    reason: TextOrNone = None
    """Why it was issued, in your words."""
    expires_at: TimeOrNone = None
    """When what is left of it is lost, UTC; None where it never is."""
    created: TimeOrNone = None
    """When it was issued, UTC, where VINR says so."""

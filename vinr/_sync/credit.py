# Generated from vinr/_async/credit.py; do not edit.
"""``client.loyalty.credit``: money that members can spend in the store, in the guide's dialect."""

from __future__ import annotations

from datetime import datetime

from .._calls import credit as calls
from .._keywords import names_near_keywords
from .._models.credit_entry import CreditEntry
from .driver import Driver


@names_near_keywords
class Credit:
    """Issue store credit.

    Source: VINR's guide.
    """

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    def issue(
        self,
        *,
        account: str,
        amount: int,
        currency: str,
        reason: str | None = None,
        expires_at: datetime | None = None,
        idempotency_key: str | None = None,
    ) -> CreditEntry:
        """Puts money into a member's wallet.

        ``wallet_balance`` of the entry is what the member can spend then. With your own
        ``idempotency_key`` (a ticket, an invoice) a repeated call issues nothing more for as long
        as VINR keeps the key.

        Args:
            account: The member's id, ``loy_…``.
            amount: In minor units of the currency, above zero.
            currency: Three letters, such as ``EUR``.
            reason: Why, in your words.
            expires_at: When it is lost, an aware datetime, sent as ISO 8601; never if left out.
            idempotency_key: Your own, such as ``ticket-4821``; one is made if left out.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            NotFoundError: There is no such object, or not for this key.
            VinrError: The call failed; ``outcome_unknown`` tells whether it may have been executed.

        Source: VINR's guide; the path is inferred.
        """
        new = {
            "account": account,
            "amount": amount,
            "currency": currency,
            "reason": reason,
            "expires_at": expires_at,
        }
        return self._driver.send(calls.issue(new, idempotency_key))

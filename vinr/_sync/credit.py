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

    Every method raises InvalidRequestError for arguments that VINR could only refuse, before
    anything is sent, and one of the other VinrErrors where the call fails.
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
        """Puts money into a member's wallet: ``amount`` in minor units of ``currency``.

        ``wallet_balance`` of the entry is what the member can spend then. ``expires_at`` is an
        aware datetime, sent as ISO 8601. Pass your own ``idempotency_key`` (a ticket, an invoice)
        and a repeated call issues nothing more for as long as VINR keeps the key; an error has
        ``outcome_unknown`` where VINR may have issued it though no answer came.

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

"""``client.loyalty``: the guide's dialect."""

from __future__ import annotations

from typing import cast

from .accounts import AsyncAccounts
from .driver import AsyncDriver
from .transactions import AsyncTransactions


class AsyncLoyalty:
    """Members and their ledger."""

    accounts: AsyncAccounts = cast("AsyncAccounts", AsyncAccounts)
    """Enrol, look up, correct, merge, close and reopen members."""
    transactions: AsyncTransactions = cast("AsyncTransactions", AsyncTransactions)
    """Read the ledger and post corrections to it."""

    def __init__(self, driver: AsyncDriver) -> None:
        self.accounts = AsyncAccounts(driver)
        self.transactions = AsyncTransactions(driver)

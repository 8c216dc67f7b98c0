"""``client.loyalty``: the guide's dialect."""

from __future__ import annotations

from .accounts import AsyncAccounts
from .driver import AsyncDriver
from .transactions import AsyncTransactions


class AsyncLoyalty:
    """Members and their ledger."""

    accounts: AsyncAccounts
    transactions: AsyncTransactions

    def __init__(self, driver: AsyncDriver) -> None:
        self.accounts = AsyncAccounts(driver)
        self.transactions = AsyncTransactions(driver)

# Generated from vinr/_async/loyalty.py; do not edit.
"""``client.loyalty``: the guide's dialect."""

from __future__ import annotations

from typing import cast

from .accounts import Accounts
from .driver import Driver
from .transactions import Transactions


class Loyalty:
    """Members and their ledger."""

    accounts: Accounts = cast("Accounts", Accounts)
    """Enrol, look up, correct, merge, close and reopen members."""
    transactions: Transactions = cast("Transactions", Transactions)
    """Read the ledger and post corrections to it."""

    def __init__(self, driver: Driver) -> None:
        self.accounts = Accounts(driver)
        self.transactions = Transactions(driver)

# Generated from vinr/_async/loyalty.py; do not edit.
"""``client.loyalty``: the guide's dialect."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from .accounts import Accounts
from .driver import Driver
from .first_use import on_first_use
from .transactions import Transactions

if TYPE_CHECKING:
    from .analytics import Analytics
    from .credit import Credit
    from .loyalty_earning_rules import LoyaltyEarningRules
    from .loyalty_redemptions import LoyaltyRedemptions
    from .loyalty_rewards import LoyaltyRewards
    from .programs import Programs


class Loyalty:
    """Members and their ledger, programs, rewards and what members redeem."""

    accounts: Accounts = cast("Accounts", Accounts)
    """Enrol, look up, correct, merge, close and reopen members."""
    transactions: Transactions = cast("Transactions", Transactions)
    """Read the ledger and post corrections to it."""
    programs: Programs = on_first_use("programs", "Programs")
    """Make, look up and change programs."""
    rewards: LoyaltyRewards = on_first_use("loyalty_rewards", "LoyaltyRewards")
    """Make, look up and change rewards."""
    redemptions: LoyaltyRedemptions = on_first_use("loyalty_redemptions", "LoyaltyRedemptions")
    """Redeem rewards, and give points back."""
    earning_rules: LoyaltyEarningRules = on_first_use(
        "loyalty_earning_rules", "LoyaltyEarningRules"
    )
    """Make, look up and change what gives points."""
    credit: Credit = on_first_use("credit", "Credit")
    """Issue store credit."""
    analytics: Analytics = on_first_use("analytics", "Analytics")
    """How a program does."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver
        self.accounts = Accounts(driver)
        self.transactions = Transactions(driver)

"""``client.loyalty``: the guide's dialect."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from .accounts import AsyncAccounts
from .driver import AsyncDriver
from .first_use import on_first_use
from .transactions import AsyncTransactions

if TYPE_CHECKING:
    from .analytics import AsyncAnalytics
    from .credit import AsyncCredit
    from .loyalty_earning_rules import AsyncLoyaltyEarningRules
    from .loyalty_redemptions import AsyncLoyaltyRedemptions
    from .loyalty_rewards import AsyncLoyaltyRewards
    from .programs import AsyncPrograms


class AsyncLoyalty:
    """Members and their ledger, programs, rewards and what members redeem."""

    accounts: AsyncAccounts = cast("AsyncAccounts", AsyncAccounts)
    """Enrol, look up, correct, merge, close and reopen members."""
    transactions: AsyncTransactions = cast("AsyncTransactions", AsyncTransactions)
    """Read the ledger and post corrections to it."""
    programs: AsyncPrograms = on_first_use("programs", "AsyncPrograms")
    """Make, look up and change programs."""
    rewards: AsyncLoyaltyRewards = on_first_use("loyalty_rewards", "AsyncLoyaltyRewards")
    """Make, look up and change rewards."""
    redemptions: AsyncLoyaltyRedemptions = on_first_use(
        "loyalty_redemptions", "AsyncLoyaltyRedemptions"
    )
    """Redeem rewards, and give points back."""
    earning_rules: AsyncLoyaltyEarningRules = on_first_use(
        "loyalty_earning_rules", "AsyncLoyaltyEarningRules"
    )
    """Make, look up and change what gives points."""
    credit: AsyncCredit = on_first_use("credit", "AsyncCredit")
    """Issue store credit."""
    analytics: AsyncAnalytics = on_first_use("analytics", "AsyncAnalytics")
    """How a program does."""

    def __init__(self, driver: AsyncDriver) -> None:
        self._driver = driver
        self.accounts = AsyncAccounts(driver)
        self.transactions = AsyncTransactions(driver)

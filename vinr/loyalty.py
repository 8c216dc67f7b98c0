"""The guide's models by their public names, such as ``vinr.loyalty.Account``."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._models.account import Account, AccountStatus
    from ._models.analytics_summary import AnalyticsSummary
    from ._models.credit_entry import CreditEntry
    from ._models.linked import Customer, Tier
    from ._models.loyalty_earning_rule import Award, EarningRule
    from ._models.loyalty_redemption import Discount, Redemption
    from ._models.loyalty_reward import Reward
    from ._models.program import Currency, Program, ProgramTier, TierConfig, TierPeriod
    from ._models.transaction import Origin, Transaction, TransactionType

__all__ = [
    "Account",
    "AccountStatus",
    "AnalyticsSummary",
    "Award",
    "CreditEntry",
    "Currency",
    "Customer",
    "Discount",
    "EarningRule",
    "Origin",
    "Program",
    "ProgramTier",
    "Redemption",
    "Reward",
    "Tier",
    "TierConfig",
    "TierPeriod",
    "Transaction",
    "TransactionType",
]

_HOMES = {
    "Account": "account",
    "AccountStatus": "account",
    "AnalyticsSummary": "analytics_summary",
    "Award": "loyalty_earning_rule",
    "CreditEntry": "credit_entry",
    "Currency": "program",
    "Customer": "linked",
    "Discount": "loyalty_redemption",
    "EarningRule": "loyalty_earning_rule",
    "Origin": "transaction",
    "Program": "program",
    "ProgramTier": "program",
    "Redemption": "loyalty_redemption",
    "Reward": "loyalty_reward",
    "Tier": "linked",
    "TierConfig": "program",
    "TierPeriod": "program",
    "Transaction": "transaction",
    "TransactionType": "transaction",
}
"""The module of ``vinr._models`` where a name lives: loaded when it is first used."""


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(importlib.import_module(f"._models.{_HOMES[name]}", __package__), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return list(__all__)

"""Rewards: what members can have for points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from .definitions import Definition, DefinitionTable

RewardType = Literal[
    "discount_percent", "discount_amount", "store_credit", "free_product", "partner"
]


class Reward(Definition):
    """Something to be had for points."""

    program: str
    name: str
    type: RewardType
    cost: int
    """Points."""
    value: Mapping[str, object] | None = None
    """What it brings, as the request had it."""
    active: bool = True

    @property
    def amount_off(self) -> int | None:
        """What it takes off a payment, in minor units of money, where it is a fixed amount."""
        amount = (self.value or {}).get("amount")
        if self.type not in ("discount_amount", "store_credit") or isinstance(amount, bool):
            return None
        return amount if isinstance(amount, int) and amount >= 0 else None

    @property
    def currency(self) -> str | None:
        """The currency of that amount, where the request named one."""
        currency = (self.value or {}).get("currency")
        return currency if isinstance(currency, str) else None


REWARDS: Final = DefinitionTable("rewards", "reward", Reward)

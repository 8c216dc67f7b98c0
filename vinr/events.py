"""The classes of events, one for each type that is known here: for ``match event:``."""

from ._models.event import (
    AccountCreated,
    AccountMerged,
    CustomerCreated,
    CustomerDeleted,
    CustomerUpdated,
    Event,
    EventData,
    EventType,
    LoyaltyAccountCreated,
    LoyaltyAccountUpdated,
    PointsEarned,
    PointsTransactionCreated,
    RewardRedeemed,
)

__all__ = [
    "AccountCreated",
    "AccountMerged",
    "CustomerCreated",
    "CustomerDeleted",
    "CustomerUpdated",
    "Event",
    "EventData",
    "EventType",
    "LoyaltyAccountCreated",
    "LoyaltyAccountUpdated",
    "PointsEarned",
    "PointsTransactionCreated",
    "RewardRedeemed",
]

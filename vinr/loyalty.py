"""The guide's models by their public names, such as ``vinr.loyalty.Account``."""

from ._models.account import Account, AccountStatus
from ._models.linked import Customer, Tier
from ._models.transaction import Origin, Transaction, TransactionType

__all__ = [
    "Account",
    "AccountStatus",
    "Customer",
    "Origin",
    "Tier",
    "Transaction",
    "TransactionType",
]

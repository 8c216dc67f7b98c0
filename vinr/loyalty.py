"""The guide's models by their public names, such as ``vinr.loyalty.Account``."""

from .models.account import Account, AccountStatus
from .models.linked import Customer, Tier
from .models.transaction import Origin, Transaction, TransactionType

__all__ = [
    "Account",
    "AccountStatus",
    "Customer",
    "Origin",
    "Tier",
    "Transaction",
    "TransactionType",
]

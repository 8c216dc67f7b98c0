"""The reference's calls on the models themselves: ``vinr.LoyaltyAccount.create(…)``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from threading import Lock
from typing import Final

from ._keywords import raise_for_unknown
from ._models.loyalty_account import LoyaltyAccount
from ._models.points_transaction import PointsTransaction
from ._sync.client import Vinr
from ._sync.loyalty_accounts import LoyaltyAccounts
from ._sync.points_transactions import PointsTransactions
from ._transport.forks import start_anew_in_child

__all__ = ["LoyaltyAccount", "PointsTransaction"]


@dataclass(frozen=True, slots=True, repr=False)
class _Wanted:
    """What a client is made of; its repr shows no key, not even in a traceback."""

    given: str | None
    in_environment: str | None
    base_url: str | None


class ModuleLevelClient:
    """The client behind the module level: ``vinr.default_client``, else one made at first use.

    Made of ``vinr.secret_key`` or the environment, and anew when one of those has changed.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._made: tuple[_Wanted, Vinr] | None = None
        start_anew_in_child(self)

    def client(self) -> Vinr:
        """The client to send with; ConfigurationError where there is no key."""
        settings = sys.modules[__name__.partition(".")[0]]
        given: Vinr | None = settings.default_client
        if given is not None:
            return given
        wanted = _Wanted(
            settings.secret_key,
            os.environ.get("VINR_SECRET_KEY"),
            os.environ.get("VINR_BASE_URL"),
        )
        made = self._made
        if made is None or made[0] != wanted:
            made = self._make(wanted)
        return made[1]

    def close(self) -> None:
        """Closes the client that was made; the next call makes another."""
        with self._lock:
            made, self._made = self._made, None
        if made is not None:
            made[1].close()

    def _make(self, wanted: _Wanted) -> tuple[_Wanted, Vinr]:
        with self._lock:
            if self._made is None or self._made[0] != wanted:
                self._made = (wanted, Vinr(secret_key=wanted.given))
            return self._made

    def after_fork(self) -> None:
        """In a child, where another thread of the parent may have held the lock."""
        self._lock = Lock()


default: Final = ModuleLevelClient()


def _accounts() -> LoyaltyAccounts:
    return default.client().loyalty_accounts


def _transactions() -> PointsTransactions:
    return default.client().points_transactions


def _late(
    resource: Callable[[], object], method: Callable[..., object]
) -> staticmethod[..., object]:
    """The method on the client of the moment: each call finds its own."""

    @wraps(method)
    def call(*arguments: object, **named: object) -> object:
        raise_for_unknown(method, named)  # before a client is looked for
        bound: Callable[..., object] = getattr(resource(), method.__name__)
        return bound(*arguments, **named)

    return staticmethod(call)


def _put(model: type, resource: Callable[[], object], **methods: Callable[..., object]) -> None:
    for name, method in methods.items():
        setattr(model, name, _late(resource, method))


_put(
    LoyaltyAccount,
    _accounts,
    create=LoyaltyAccounts.create,
    retrieve=LoyaltyAccounts.retrieve,
    modify=LoyaltyAccounts.update,
    list=LoyaltyAccounts.list,
)
_put(
    PointsTransaction,
    _transactions,
    create=PointsTransactions.create,
    retrieve=PointsTransactions.retrieve,
    list=PointsTransactions.list,
)

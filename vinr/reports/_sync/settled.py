# Generated from vinr/reports/_async/settled.py; do not edit.
"""A member's entries and balance as of one moment, though the service goes on meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, Protocol, TypeVar

from ..._ledgers._sync.ledgers import first_page
from ..._models.account import PlainAccount
from ..._models.transaction import Transaction
from ..._sync.client import Vinr

_MOST_READINGS: Final = 5


class Tally(Protocol):
    """Sums entries."""

    @property
    def points(self) -> int:
        """Of all entries added."""
        ...

    def add(self, item: Transaction) -> None:
        """One entry more."""


TallyT = TypeVar("TallyT", bound=Tally)


def settled(
    client: Vinr,
    account: PlainAccount,
    entries: Iterable[Transaction],
    new_tally: Callable[[], TallyT],
) -> tuple[PlainAccount, TallyT]:
    """The member and the sum of the entries, read again where they disagree.

    A posting or a merge between two requests looks like a drift. It is one where the balance stays
    what it was while the entries are read again.
    """
    tally = new_tally()
    for entry in entries:
        tally.add(entry)
    for _ in range(_MOST_READINGS):
        if tally.points == account.balance:
            break
        before, tally = account.balance, new_tally()
        for entry in first_page(client, account.id):
            tally.add(entry)
        account = client.loyalty.accounts.retrieve(account.id)
        if account.balance == before:
            break
    return account, tally

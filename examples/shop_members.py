"""A shop's own table of members, which webhooks keep up to date: for the receivers beside it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from typing import Final

from vinr import Event, LoyaltyAccount
from vinr.loyalty import Account

FILE: Final = os.environ.get("SHOP_DATABASE", "shop.sqlite")

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS members (id TEXT PRIMARY KEY, balance INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS mails (event TEXT NOT NULL, type TEXT NOT NULL, member TEXT NOT NULL);
"""


def note(event: Event, account: Account | LoyaltyAccount) -> None:
    """What an event leads to: the member's balance as it is now, and a mail, of which one is sent.

    A second row in ``mails`` for one event would be a second mail.
    """
    balance = account.balance if isinstance(account, Account) else account.points_balance
    with opened() as database:
        database.execute("INSERT OR REPLACE INTO members VALUES (?, ?)", (account.id, balance))
        database.execute("INSERT INTO mails VALUES (?, ?, ?)", (event.id, event.type, account.id))


@contextmanager
def opened() -> Generator[sqlite3.Connection]:
    """The database, in one transaction."""
    with closing(sqlite3.connect(FILE)) as database, database:
        database.executescript(_SCHEMA)
        yield database

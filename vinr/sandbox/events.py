"""The event log: what happened, in both dialects' words, in the order in which it happened."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from pydantic_core import to_json

from .api.dialects import GUIDE, REFERENCE, Dialect
from .api.expansion import NOTHING
from .api.render import Json
from .ledger.accounts import Account
from .ledger.listing import Page, Row, Selection, Window, select
from .ledger.work import Fact, Ledger, UnitOfWork
from .refusal import Refusal

_POSTED: Final = ("points_transaction.created", REFERENCE)

EVENTS_OF: Final[Mapping[str, Sequence[tuple[str, Dialect]]]] = {
    "account.created": (
        ("loyalty.account.created", GUIDE),
        ("loyalty_account.created", REFERENCE),
    ),
    "account.updated": (("loyalty_account.updated", REFERENCE),),
    "account.merged": (("loyalty.account.merged", GUIDE),),
    "transaction.earn": (("loyalty.points.earned", GUIDE), _POSTED),
    "transaction.redeem": (("loyalty.reward.redeemed", GUIDE), _POSTED),
    "transaction.expire": (_POSTED,),
    "transaction.adjust": (_POSTED,),
    "transaction.reverse": (_POSTED,),
}
"""The events that each kind of fact is told with."""

EVENT_TYPES: Final = tuple(dict.fromkeys(type for kind in EVENTS_OF.values() for type, _ in kind))
"""Every type of event, each once."""

_PREFIX: Final = "evt_"
_COLUMNS: Final = "key, type, object, created"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened."""

    id: str
    """``evt_…``"""
    type: str
    object: Json
    """The account or transaction that it is about, as it was then."""
    created: datetime
    """UTC, whole seconds."""

    def wire(self) -> Json:
        """The event as it is sent."""
        return {
            "id": self.id,
            "type": self.type,
            "data": {"object": self.object},
            "created": int(self.created.timestamp()),
        }


class EventLog:
    """The log in Python; over HTTP it is ``/v1/events``, newest first as every list there."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def list(self, *, type: str | None = None) -> list[Event]:
        """All events, or those of one type, in the order in which they happened."""
        with self._ledger.read() as work:
            rows = work.db.execute(
                f"SELECT {_COLUMNS} FROM events WHERE ?1 IS NULL OR type = ?1 ORDER BY seq", (type,)
            ).fetchall()
        return [_read(row) for row in rows]

    def retrieve(self, id: str) -> Event:
        """The event with this id; raises Refusal where there is none."""
        with self._ledger.read() as work:
            return require(work, id)


def since(ledger: Ledger, seen: int | None) -> tuple[list[Event], int]:
    """The events behind a place in the log, and the place of the newest; None: that alone."""
    with ledger.read() as work:
        [newest] = work.db.execute("SELECT ifnull(max(seq), 0) FROM events").fetchone()
        rows = work.db.execute(
            f"SELECT {_COLUMNS} FROM events WHERE seq > ? AND seq <= ? ORDER BY seq",
            (newest if seen is None else seen, newest),
        ).fetchall()
    return [_read(row) for row in rows], newest


def record(work: UnitOfWork) -> None:
    """Write the facts of a unit to the log; they are committed together with it."""
    for fact in work.facts:
        for type, dialect in EVENTS_OF[fact.kind]:
            work.db.execute(
                "INSERT INTO events (key, type, object, created) VALUES (?, ?, ?, ?)",
                (
                    work.new_key("events", "event"),
                    type,
                    to_json(_object(work, fact, dialect)).decode(),
                    work.now,
                ),
            )


def require(work: UnitOfWork, event_id: str) -> Event:
    """The event with an id that a caller gave, or a refusal."""
    row: Row | None = work.db.execute(
        f"SELECT {_COLUMNS} FROM events WHERE key = ?", (key_of(event_id),)
    ).fetchone()
    if row is None:
        raise Refusal("resource_missing", "No such event.", param="id")
    return _read(row)


def page(work: UnitOfWork, window: Window, *, type: str | None = None) -> Page[Event]:
    """A page of the log, newest first."""
    conditions = () if type is None else (("type", type),)
    return select(work, Selection("events", _COLUMNS, conditions), window, _read)


def id_of(key: str) -> str:
    """An event's id, from its key."""
    return _PREFIX + key


def key_of(event_id: str) -> str:
    """An event's id without its prefix."""
    return event_id[len(_PREFIX) :] if event_id.startswith(_PREFIX) else ""


def _object(work: UnitOfWork, fact: Fact, dialect: Dialect) -> Json:
    if isinstance(fact.subject, Account):
        return dialect.account(work, fact.subject, NOTHING)
    return dialect.transaction(work, fact.subject, NOTHING)


def _read(row: Row) -> Event:
    key, type, object, created = row
    return Event(id_of(key), type, json.loads(object), datetime.fromtimestamp(created, UTC))

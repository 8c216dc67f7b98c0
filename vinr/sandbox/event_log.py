"""The event log: every change of the ledger as events of both dialects, in order."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import Final

from pydantic_core import to_json

from .._keywords import names_near_keywords
from .dialects.dialect import GUIDE, REFERENCE, Dialect
from .dialects.expansion import NO_EXPANSION
from .dialects.render import Json, customer_record
from .ledger.ledger import Ledger
from .ledger.pagination import Page, PageWindow, TableQuery, fetch_page
from .ledger.rows import AccountRow, ColumnValues, CustomerRow
from .ledger.unit_of_work import LedgerChange, UnitOfWork
from .refusal import Refusal

_TRANSACTION_CREATED: Final = ("points_transaction.created", REFERENCE)

EVENTS_BY_CHANGE: Final[Mapping[str, Sequence[tuple[str, Dialect]]]] = {
    "account.created": (
        ("loyalty.account.created", GUIDE),
        ("loyalty_account.created", REFERENCE),
    ),
    "account.updated": (("loyalty_account.updated", REFERENCE),),
    "account.merged": (("loyalty.account.merged", GUIDE),),
    "customer.created": (("customer.created", REFERENCE),),
    "customer.updated": (("customer.updated", REFERENCE),),
    "customer.deleted": (("customer.deleted", REFERENCE),),
    "transaction.earn": (("loyalty.points.earned", GUIDE), _TRANSACTION_CREATED),
    "transaction.redeem": (("loyalty.reward.redeemed", GUIDE), _TRANSACTION_CREATED),
    "transaction.expire": (_TRANSACTION_CREATED,),
    "transaction.adjust": (_TRANSACTION_CREATED,),
    "transaction.reverse": (_TRANSACTION_CREATED,),
}
"""The events that report each kind of change, and the dialect of each."""


def _types(*dialects: Dialect) -> tuple[str, ...]:
    events = chain.from_iterable(EVENTS_BY_CHANGE.values())
    return tuple(dict.fromkeys(type for type, dialect in events if dialect in dialects))


GUIDE_EVENT_TYPES: Final = _types(GUIDE)
REFERENCE_EVENT_TYPES: Final = tuple(
    type for type in _types(REFERENCE) if not type.startswith("customer.")
)
"""Those of members. Customers' are heard by who asks for them by name, or for everything."""
EVENT_TYPES: Final = _types(GUIDE, REFERENCE)
"""Every type of event, each once."""

_PREFIX: Final = "evt_"
_COLUMNS: Final = "key, type, object, created"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened."""

    id: str
    """``evt_…``"""
    type: str
    """Such as ``loyalty.points.earned``."""
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


@names_near_keywords
class EventLog:
    """``sandbox.events``: the log in Python. Over HTTP it is ``/v1/events``, newest first."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def list(self, *, type: str | None = None) -> list[Event]:
        """All events, or those of one type, in the order in which they happened."""
        with self._ledger.read() as work:
            rows = work.db.execute(
                f"SELECT {_COLUMNS} FROM events WHERE ? IS NULL OR type = ? ORDER BY seq",
                (type, type),
            ).fetchall()
        return [_event(row) for row in rows]

    def retrieve(self, id: str) -> Event:
        """The event with this id; raises Refusal where there is none."""
        with self._ledger.read() as work:
            return require(work, id)


def events_after(ledger: Ledger, sequence: int | None) -> tuple[list[Event], int]:
    """The events after a sequence number, and the newest one's number; None: no events."""
    with ledger.read() as work:
        [newest] = work.db.execute("SELECT ifnull(max(seq), 0) FROM events").fetchone()
        rows = work.db.execute(
            f"SELECT {_COLUMNS} FROM events WHERE seq > ? AND seq <= ? ORDER BY seq",
            (newest if sequence is None else sequence, newest),
        ).fetchall()
    return [_event(row) for row in rows], newest


def current(ledger: Ledger, event: Event) -> Event:
    """An event as the log has it now; as it was where the log was replaced meanwhile."""
    with ledger.read() as work:
        row: ColumnValues | None = work.db.execute(
            f"SELECT {_COLUMNS} FROM events WHERE key = ?", (key_of(event.id),)
        ).fetchone()
    return event if row is None else _event(row)


def record_changes(work: UnitOfWork) -> None:
    """Write the events of a unit's changes; they are committed together with the changes."""
    for change in work.changes:
        for type, dialect in EVENTS_BY_CHANGE[change.kind]:
            work.db.execute(
                "INSERT INTO events (key, type, object, created) VALUES (?, ?, ?, ?)",
                (
                    work.new_key("events", "event"),
                    type,
                    to_json(_object(work, change, dialect)).decode(),
                    work.now,
                ),
            )


def require(work: UnitOfWork, event_id: str) -> Event:
    """The event with an id from a request; refuses an unknown one."""
    row: ColumnValues | None = work.db.execute(
        f"SELECT {_COLUMNS} FROM events WHERE key = ?", (key_of(event_id),)
    ).fetchone()
    if row is None:
        raise Refusal("resource_missing", "No such event.", param="id")
    return _event(row)


def page(
    work: UnitOfWork,
    window: PageWindow,
    *,
    type: str | None = None,
    created_gte: int | None = None,
    created_lt: int | None = None,
) -> Page[Event]:
    """A page of the log, newest first; times are unix seconds."""
    given = (("type = ?", type), ("created >= ?", created_gte), ("created < ?", created_lt))
    conditions = tuple((condition, value) for condition, value in given if value is not None)
    return fetch_page(work, TableQuery("events", _COLUMNS, conditions), window, _event)


def id_of(key: str) -> str:
    """An event's id, from its key."""
    return _PREFIX + key


def key_of(event_id: str) -> str:
    """An event's id without its prefix."""
    return event_id[len(_PREFIX) :] if event_id.startswith(_PREFIX) else ""


def _object(work: UnitOfWork, change: LedgerChange, dialect: Dialect) -> Json:
    if isinstance(change.subject, AccountRow):
        return dialect.account(work, change.subject, NO_EXPANSION)
    if isinstance(change.subject, CustomerRow):
        return customer_record(change.subject)
    return dialect.transaction(work, change.subject, NO_EXPANSION)


def _event(row: ColumnValues) -> Event:
    key, type, object, created = row
    return Event(id_of(key), type, json.loads(object), datetime.fromtimestamp(created, UTC))

"""Erasure: what was known of a deleted customer leaves the events and the kept answers too."""

from __future__ import annotations

import json
from typing import Final

from pydantic_core import to_json

from .unit_of_work import UnitOfWork

_PERSONAL: Final = ("email", "name", "phone", "default_payment_method")


def erase(work: UnitOfWork, customer_id: str) -> None:
    """Empty every object of the customer that is stored as it was sent; its id stays."""
    in_json = to_json(customer_id)
    events = work.db.execute(
        "SELECT rowid, object FROM events WHERE instr(object, ?) > 0", (in_json.decode(),)
    ).fetchall()
    for row, stored in events:
        emptied = _emptied(stored, customer_id).decode()
        work.db.execute("UPDATE events SET object = ? WHERE rowid = ?", (emptied, row))
    answers = work.db.execute(
        "SELECT rowid, body FROM idempotency WHERE instr(body, ?) > 0", (in_json,)
    ).fetchall()
    for row, stored in answers:
        body = _emptied(stored, customer_id)
        work.db.execute("UPDATE idempotency SET body = ? WHERE rowid = ?", (body, row))


def _emptied(stored: str | bytes, customer_id: str) -> bytes:
    def empty(fields: dict[str, object]) -> dict[str, object]:
        if fields.get("id") == customer_id:
            fields.update((name, None) for name in _PERSONAL if name in fields)
            if "metadata" in fields:
                fields["metadata"] = {}
        return fields

    return to_json(json.loads(stored, object_hook=empty))

"""Erasure: what was known of a deleted customer leaves the events and the kept answers too."""

from __future__ import annotations

from typing import Final, cast

from pydantic_core import from_json, to_json

from .unit_of_work import UnitOfWork

_PERSONAL: Final = ("email", "name", "phone", "default_payment_method")


def erase(work: UnitOfWork, customer_id: str) -> None:
    """Empty every object of the customer that is stored as it was sent; its id stays."""
    in_json = to_json(customer_id)
    events = work.db.execute(
        "SELECT rowid, object FROM events WHERE instr(object, ?) > 0", (in_json.decode(),)
    ).fetchall()
    for row, stored in events:
        emptied = _emptied(from_json(stored), customer_id)
        work.db.execute(
            "UPDATE events SET object = ? WHERE rowid = ?", (to_json(emptied).decode(), row)
        )
    answers = work.db.execute(
        "SELECT rowid, body FROM idempotency WHERE instr(body, ?) > 0", (in_json,)
    ).fetchall()
    for row, stored in answers:
        body = to_json(_emptied(from_json(stored), customer_id))
        work.db.execute("UPDATE idempotency SET body = ? WHERE rowid = ?", (body, row))


def _emptied(content: object, customer_id: str) -> object:
    if isinstance(content, list):
        return [_emptied(each, customer_id) for each in cast("list[object]", content)]
    if not isinstance(content, dict):
        return content
    fields = {
        name: _emptied(value, customer_id)
        for name, value in cast("dict[str, object]", content).items()
    }
    if fields.get("id") == customer_id:
        fields.update((name, None) for name in _PERSONAL if name in fields)
        if "metadata" in fields:
            fields["metadata"] = {}
    return fields

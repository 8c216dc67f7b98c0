"""Events, and where they were delivered."""

import json
from itertools import chain

from .. import events as log
from ..events import EVENTS_OF, Event
from ..ledger import search
from ..webhooks.endpoint import Delivery
from .page import Asked, Shown, State, part, rows

TYPES = {"": "Any type"} | {type: type for type, _ in chain(*EVENTS_OF.values())}


def events(state: State, asked: Asked) -> Shown:
    """The event log, newest first."""
    type = asked.one_of("type", TYPES)
    with state.ledger.read() as work:
        keys, total = search.events(work, type, rows(asked))
        found = [log.require(work, log.id_of(key)) for key in keys]
    deliveries = state.webhooks.deliveries
    context = {
        "events": [
            _row(event, [each for each in deliveries if each.event == event.id]) for event in found
        ],
        "part": part(asked, total),
        "type": type,
        "types": TYPES,
        "delivering": bool(state.webhooks.endpoints or deliveries),
    }
    return Shown("events.html", context)


def _row(event: Event, deliveries: list[Delivery]) -> dict[str, object]:
    account = event.object.get("account") or event.object.get("loyalty_account")
    return {
        "event": event,
        "member": account or event.object.get("id"),
        "json": json.dumps(event.wire(), indent=2, ensure_ascii=False),
        "deliveries": deliveries,
    }

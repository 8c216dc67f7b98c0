"""The page of events, with the attempts to deliver each."""

import json
from collections.abc import Sequence

from markupsafe import escape

from .. import event_log
from ..dialects.dialect import in_both_dialects
from ..event_log import EVENT_TYPES, Event
from ..ledger import search
from ..redaction import redact_object
from ..webhooks.delivery import Delivery
from .page import InspectedSandbox, PageRequest, PageResponse, row_range, table_page

TYPES = {"": "Any type"} | {type: type for type in EVENT_TYPES}


def events(sandbox: InspectedSandbox, request: PageRequest) -> PageResponse:
    """The event log, newest first."""
    text, type = request.text("q"), request.one_of("type", TYPES)
    with sandbox.ledger.read() as work:
        keys, total = search.events(
            work, event_log.key_of(text), in_both_dialects(text), type, row_range(request)
        )
        page = [event_log.require(work, event_log.id_of(key)) for key in keys]
    deliveries = sandbox.webhooks.deliveries
    context = {
        "events": [_row(event, deliveries) for event in page],
        "table": table_page(request, total),
        "text": text,
        "type": type,
        "types": TYPES,
        "delivering": bool(sandbox.webhooks.endpoints or deliveries),
    }
    return PageResponse("events.html", context)


def _row(event: Event, deliveries: Sequence[Delivery]) -> dict[str, object]:
    account = event.object.get("account") or event.object.get("loyalty_account")
    return {
        "event": event,
        "member": account or event.object.get("id"),
        "json": escape(json.dumps(redact_object(event.wire()), indent=2, ensure_ascii=False)),
        "deliveries": [each for each in deliveries if each.event == event.id],
    }

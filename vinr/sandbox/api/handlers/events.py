"""Operations on the event log (our choice: VINR documents the events, not how to read them)."""

from ... import events
from ..operation import Call
from ..parameters.base import Parameters
from ..parameters.guide import ListEvents
from ..render import Json
from . import pages


def retrieve(call: Call, _asked: Parameters) -> Json:
    """One event."""
    return events.require(call.work, call.id).wire()


def listing(call: Call, asked: ListEvents) -> Json:
    """A page of the log."""
    page = events.page(call.work, pages.window(asked, events.key_of), type=asked.type)
    return pages.envelope(call.dialect, page, events.Event.wire)

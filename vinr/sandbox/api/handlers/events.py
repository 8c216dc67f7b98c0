"""Operations on the event log."""

from ... import event_log
from ...dialects.render import Json
from ...parameters.base import Parameters
from ...parameters.reference import ListEvents
from ..operation import RequestContext
from . import pagination


def retrieve(context: RequestContext, _parameters: Parameters) -> Json:
    """One event."""
    return event_log.require(context.work, context.id).wire()


def list_page(context: RequestContext, parameters: ListEvents) -> Json:
    """A page of events."""
    page = event_log.page(
        context.work,
        pagination.window(parameters, event_log.key_of),
        type=parameters.type,
        created_gte=parameters.created.gte,
        created_lt=parameters.created.lt,
    )
    return pagination.envelope(context.dialect, page, event_log.Event.wire)

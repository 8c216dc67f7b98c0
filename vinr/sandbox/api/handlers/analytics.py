"""Figures of a program."""

from datetime import datetime

from ...dialects import render_resources
from ...dialects.render import Json
from ...ledger import analytics, programs
from ...parameters.guide_resources import Summary
from ..operation import RequestContext


def summary(context: RequestContext, parameters: Summary) -> Json:
    """How a program did over a period."""
    program = programs.get(context.work, parameters.program)
    begin, end = _seconds(parameters.period.gte), _seconds(parameters.period.lt)
    figures = analytics.summary(context.work, program, begin, end)
    return render_resources.analytics_summary(program, figures)


def _seconds(at: datetime | None) -> int | None:
    return None if at is None else int(at.timestamp())

"""The guide's analytics: what can be asked of ``/v1/loyalty/analytics``."""

from __future__ import annotations

from datetime import datetime

from .._models.analytics_summary import AnalyticsSummary
from . import checks, value_checks
from .call import Call


def summary(
    *, program: str, period_gte: datetime | None, period_lt: datetime | None
) -> Call[AnalyticsSummary]:
    """``GET /v1/loyalty/analytics/summary``."""
    begin = checks.aware_time("period_gte", period_gte)
    end = checks.aware_time("period_lt", period_lt)
    if begin is not None and end is not None and begin >= end:
        raise checks.refuse("period_lt", "is not after period_gte, so the period is empty")
    query = {
        "program": checks.object_id("program", program),
        "period[gte]": value_checks.iso_time("period_gte", begin),
        "period[lt]": value_checks.iso_time("period_lt", end),
    }
    return Call(
        operation="loyalty.analytics.summary",
        method="GET",
        path="/loyalty/analytics/summary",
        query=tuple((name, value) for name, value in query.items() if value is not None),
        result=AnalyticsSummary,
    )

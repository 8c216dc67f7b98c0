# Generated from vinr/_async/analytics.py; do not edit.
"""``client.loyalty.analytics``: how a program does, in the guide's dialect."""

from __future__ import annotations

from datetime import datetime

from .._calls import analytics as calls
from .._keywords import names_near_keywords
from .._models.analytics_summary import AnalyticsSummary
from .driver import Driver


@names_near_keywords
class Analytics:
    """Figures of a program.

    Every method raises InvalidRequestError for arguments that VINR could only refuse, before
    anything is sent, and one of the other VinrErrors where the call fails.
    """

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    def summary(
        self,
        *,
        program: str,
        period_gte: datetime | None = None,
        period_lt: datetime | None = None,
    ) -> AnalyticsSummary:
        """Members, those active in the last 90 days, points liability and redemption rate.

        ``period_gte`` and ``period_lt`` are aware datetimes: from the one on, and before the other.

        Source: VINR's guide; the path, and how the period is written in the query
        (``period[gte]=…`` in ISO 8601), are inferred.
        """
        call = calls.summary(program=program, period_gte=period_gte, period_lt=period_lt)
        return self._driver.send(call)

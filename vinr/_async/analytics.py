"""``client.loyalty.analytics``: how a program does, in the guide's dialect."""

from __future__ import annotations

from datetime import datetime

from .._calls import analytics as calls
from .._keywords import names_near_keywords
from .._models.analytics_summary import AnalyticsSummary
from .driver import AsyncDriver


@names_near_keywords
class AsyncAnalytics:
    """Figures of a program.

    Source: VINR's guide.
    """

    def __init__(self, driver: AsyncDriver) -> None:
        self._driver = driver

    async def summary(
        self,
        *,
        program: str,
        period_gte: datetime | None = None,
        period_lt: datetime | None = None,
    ) -> AnalyticsSummary:
        """Members, those active in the last 90 days, points liability and redemption rate.

        Args:
            program: The program's id, ``prog_…``.
            period_gte: From then on, an aware datetime.
            period_lt: Before then, an aware datetime.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            NotFoundError: There is no such object, or not for this key.
            VinrError: The call failed: no connection, a refusal, an answer that cannot be read.

        Source: VINR's guide; the path, and how the period is written in the query
        (``period[gte]=…`` in ISO 8601), are inferred.
        """
        call = calls.summary(program=program, period_gte=period_gte, period_lt=period_lt)
        return await self._driver.send(call)

"""Headers that are times: HTTP dates and ``Retry-After``."""

from __future__ import annotations

import math
import re
import time
from datetime import UTC


def http_date(text: str | None) -> float | None:
    """Unix seconds of a date as HTTP writes it; None for anything else."""
    if text is None:
        return None
    from email.utils import parsedate_to_datetime  # noqa: PLC0415  # seldom used, slow to load

    try:
        moment = parsedate_to_datetime(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError, OSError, TypeError, IndexError):
        return None


def retry_after(text: str, date: str | None = None) -> float | None:
    """Seconds from now, 0 for a moment in the past; None where the header says nothing.

    A moment is measured from the response's own ``Date``: the clock of this machine may be wrong.
    """
    text = text.strip()
    if re.fullmatch(r"[0-9]{1,99}(\.[0-9]{1,9})?", text, re.ASCII):
        return float(text)
    moment = http_date(text)
    if moment is None:
        return None
    sent = http_date(date)
    return max(0.0, math.ceil(moment - (time.time() if sent is None else sent)))

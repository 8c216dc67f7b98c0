"""The header ``Retry-After``: seconds, or a date."""

from __future__ import annotations

import math
import re
import time
from datetime import UTC


def retry_after(header: str | None) -> float | None:
    """Seconds from now, 0 for a moment in the past; None where the header says nothing."""
    if header is None:
        return None
    header = header.strip()
    if re.fullmatch(r"[0-9]{1,99}(\.[0-9]{1,9})?", header, re.ASCII):
        return float(header)
    moment = http_date(header)
    return None if moment is None else max(0.0, math.ceil(moment - time.time()))


def http_date(header: str | None) -> float | None:
    """Unix seconds of a date as HTTP writes it; None where it is none."""
    if header is None:
        return None
    from email.utils import parsedate_to_datetime  # noqa: PLC0415  # seldom used, slow to load

    try:
        moment = parsedate_to_datetime(header)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError, OSError, TypeError, IndexError):
        return None

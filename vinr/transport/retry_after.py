"""The header ``Retry-After``: seconds, or a date."""

from __future__ import annotations

import math
import re
import time
from email.utils import parsedate_to_datetime


def retry_after(header: str | None) -> float | None:
    """Seconds from now, 0 for a moment in the past; None where the header says nothing."""
    if header is None:
        return None
    header = header.strip()
    if re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,9})?", header):
        return float(header)
    try:
        moment = parsedate_to_datetime(header).timestamp()
    except (ValueError, OverflowError, OSError):
        return None
    return max(0.0, math.ceil(moment - time.time()))

"""Calendar months in UTC, on unix seconds."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, UTC, datetime
from typing import Final

_MONTHS_A_YEAR: Final = 12


def months_later(time: int, months: int) -> int | None:
    """Unix seconds so many months later; the last day of a month that lacks the day.

    None where that is beyond the year 9999, where the calendar ends.
    """
    before = datetime.fromtimestamp(time, UTC)
    years, month = divmod(before.month - 1 + months, _MONTHS_A_YEAR)
    year = before.year + years
    if year > MAXYEAR:
        return None
    day = min(before.day, monthrange(year, month + 1)[1])
    return int(before.replace(year=year, month=month + 1, day=day).timestamp())


def start_of_next_block(time: int, months: int) -> int | None:
    """Unix seconds when the next block of so many months begins: the next year, for 12 months.

    Blocks are counted from January of the year 0. None where the calendar ends before.
    """
    now = datetime.fromtimestamp(time, UTC)
    since_year_0 = now.year * _MONTHS_A_YEAR + now.month - 1
    year, month = divmod((since_year_0 // months + 1) * months, _MONTHS_A_YEAR)
    if year > MAXYEAR:
        return None
    return int(datetime(year, month + 1, 1, tzinfo=UTC).timestamp())

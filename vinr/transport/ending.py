"""The end of one attempt: time-outs that know when all of it must be over."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Final, Self

from ..config import Timeout

NO_TIME: Final = 0.001
"""So few seconds are not worth another attempt."""
ROUNDING: Final = 0.01
"""A time-out may end so many seconds early."""


class EndingAt(float):
    """Seconds for one step of an attempt, with the moment at which the whole attempt ends.

    A plain time-out starts anew with every byte that dribbles in. The HTTP library hands this
    number on to each read and write of the connection as it is, where ``left`` looks at it.
    """

    __slots__ = ("moment",)

    moment: float

    def __new__(cls, seconds: float, moment: float) -> Self:
        """So many seconds, and not beyond that moment of ``time.monotonic()``."""
        self = super().__new__(cls, seconds)
        self.moment = moment
        return self


def step_limits(timeout: Timeout, whole: float | None) -> Mapping[str, float]:
    """The time-outs of one attempt in the HTTP library's terms.

    ``whole`` is how many seconds the attempt may take from now on.
    """
    limits = timeout.steps()
    if whole is None:
        return limits
    moment = time.monotonic() + whole
    most = EndingAt(whole, moment)
    if whole <= min(limits.values()):
        return dict.fromkeys(limits, most)
    return {
        step: most if seconds >= whole else EndingAt(seconds, moment)
        for step, seconds in limits.items()
    }


def left(timeout: float | None) -> float | None:
    """Seconds that the next read or write may take; zero or less where the attempt is over."""
    if not isinstance(timeout, EndingAt):
        return timeout
    return min(float(timeout), timeout.moment - time.monotonic())

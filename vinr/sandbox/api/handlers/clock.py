"""Operations on the clock."""

from ...refusal import Refusal
from ..operation import Call
from ..parameters.base import Parameters
from ..parameters.control import AdvanceClock
from ..render import Json


def advance(call: Call, asked: AdvanceClock) -> Json:
    """Move the clock forward."""
    try:
        call.controls.clock.advance(**asked.model_dump())
    except ValueError:
        message = "The clock cannot go beyond the year 9999."
        raise Refusal("parameter_invalid", message, param="days") from None
    return _time(call)


def now(call: Call, _asked: Parameters) -> Json:
    """The time on the sandbox's clock, in unix seconds."""
    return _time(call)


def _time(call: Call) -> Json:
    return {"now": int(call.controls.clock.time())}

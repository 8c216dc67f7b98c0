"""Operations on the clock."""

from ...controls import Controls
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
    return time_of(call.controls)


def now(call: Call, _asked: Parameters) -> Json:
    """The time on the sandbox's clock, in unix seconds."""
    return time_of(call.controls)


def time_of(controls: Controls) -> Json:
    """The answer that tells the time."""
    return {"now": int(controls.clock.time())}

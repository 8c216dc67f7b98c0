"""Operations on the clock."""

from ...dialects.render import Json
from ...parameters.base import Parameters
from ...parameters.control import AdvanceClock
from ...refusal import Refusal
from ..controls import Controls
from ..operation import RequestContext


def advance(context: RequestContext, parameters: AdvanceClock) -> Json:
    """Move the clock forward."""
    try:
        context.controls.clock.advance(**parameters.model_dump())
    except ValueError:
        message = "The clock cannot go beyond the year 9999."
        raise Refusal("parameter_invalid", message, param="days") from None
    return clock_time(context.controls)


def now(context: RequestContext, _parameters: Parameters) -> Json:
    """The time on the sandbox's clock, in unix seconds."""
    return clock_time(context.controls)


def clock_time(controls: Controls) -> Json:
    """The time as an answer."""
    return {"now": int(controls.clock.time())}

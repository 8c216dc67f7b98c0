"""Operations on fault plans."""

from pydantic import TypeAdapter

from ...faults.kinds import AnyFault
from ...faults.plans import PlanError
from ...refusal import Refusal
from ..operation import Call
from ..parameters.base import Parameters
from ..parameters.control import AddFaults
from ..render import Json

_FAULT: TypeAdapter[AnyFault] = TypeAdapter(AnyFault)


def add(call: Call, asked: AddFaults) -> Json:
    """Plan faults for the next requests of an operation."""
    try:
        call.controls.faults.add(
            asked.operation,
            asked.faults,
            times=asked.times,
            probability=asked.probability,
            seed=asked.seed,
        )
    except PlanError as error:
        message = f"{str(error)[0].upper()}{str(error)[1:]}."
        raise Refusal("parameter_invalid", message, param=error.param) from None
    return _pending(call)


def listing(call: Call, _asked: Parameters) -> Json:
    """The faults that no request has met yet."""
    return _pending(call)


def clear(call: Call, _asked: Parameters) -> Json:
    """Forget all fault plans."""
    call.controls.faults.clear()
    return _pending(call)


def _pending(call: Call) -> Json:
    return {
        "pending": [
            {
                "operation": each.operation,
                "fault": _FAULT.dump_python(each.fault),
                "description": each.description,
                "times": each.times,
            }
            for each in call.controls.faults.pending()
        ]
    }

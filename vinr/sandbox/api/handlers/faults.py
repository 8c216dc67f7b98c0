"""Operations on fault plans."""

from pydantic import TypeAdapter

from ...dialects.render import Json
from ...faults.kinds import AnyFault
from ...faults.plans import PlanError
from ...parameters.base import Parameters
from ...parameters.control import AddFaults
from ...refusal import Refusal
from ..operation import RequestContext

_FAULT: TypeAdapter[AnyFault] = TypeAdapter(AnyFault)


def add(context: RequestContext, parameters: AddFaults) -> Json:
    """Plan faults for the next requests of an operation."""
    try:
        context.controls.faults.add(
            parameters.operation,
            parameters.faults,
            times=parameters.times,
            probability=parameters.probability,
            seed=parameters.seed,
        )
    except PlanError as error:
        message = f"{str(error)[0].upper()}{str(error)[1:]}."
        raise Refusal("parameter_invalid", message, param=error.param) from None
    return _pending(context)


def list_pending(context: RequestContext, _parameters: Parameters) -> Json:
    """The planned faults that no request has had yet."""
    return _pending(context)


def clear(context: RequestContext, _parameters: Parameters) -> Json:
    """Delete all fault plans."""
    context.controls.faults.clear()
    return _pending(context)


def _pending(context: RequestContext) -> Json:
    return {
        "pending": [
            {
                "operation": each.operation,
                "fault": _FAULT.dump_python(each.fault),
                "description": each.description,
                "times": each.times,
            }
            for each in context.controls.faults.pending()
        ]
    }

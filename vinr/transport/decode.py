"""From a reply to the model or the error that it stands for."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import ValidationError

from ..calls.call import Call, ResultT
from ..errors import APIConnectionError, APIResponseError, APITimeoutError, VinrError
from .statuses import status_error, status_safety
from .wire import Fault, Reply, Safety


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed attempt: the error that the caller gets if it is the last one."""

    error: VinrError
    safety: Safety


def decode(call: Call[ResultT], reply: Reply) -> ResultT | Failure:
    """The model in a 2xx, decoded once from its bytes; else what went wrong."""
    if not 200 <= reply.status < 300:
        error = status_error(call.operation, reply)
        return Failure(error, status_safety(reply, error))
    try:
        model = call.result.model_validate_json(reply.body)
    except ValidationError as error:
        problem = error.errors(include_url=False, include_context=False, include_input=False)[0]
        unreadable = problem["type"] == "json_invalid"
        where = ".".join(str(part) for part in problem["loc"][:3])
        text = "it is no JSON" if unreadable else f"{where or 'it'}: {problem['msg']}"
    except (ValueError, RecursionError):
        unreadable, text = True, "it cannot be decoded"
    else:
        found = getattr(model, "id", None)
        if call.expected_id is None or found == call.expected_id:
            return model
        unreadable, text = False, "it is about another object than the one asked for"
    return _unusable(call, reply, text, Safety.AMBIGUOUS if unreadable else Safety.FINAL)


def fault_failure(call: Call[ResultT], fault: Fault) -> Failure:
    """The error for an attempt without an answer."""
    kind = APITimeoutError if fault.timed_out else APIConnectionError
    return Failure(kind(f"{call.operation}: {fault.summary}"), fault.safety)


def _unusable(call: Call[ResultT], reply: Reply, why: str, safety: Safety) -> Failure:
    error = APIResponseError(
        f"{call.operation}: VINR answered {reply.status}, but the answer is not usable: {why}",
        status=reply.status,
        request_id=reply.headers.get("x-vinr-request-id"),
        outcome_unknown=call.method == "POST",
    )
    return Failure(error, safety)

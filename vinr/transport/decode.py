"""From a reply to the model or the error that it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from ..calls.call import Call, ResultT
from ..calls.expected import is_about
from ..config import Secret
from ..errors import APIConnectionError, APIResponseError, APITimeoutError, VinrError
from ..models.model import Model
from .redact import shown
from .repeated import flaw_in
from .statuses import status_error, status_safety
from .wire import Fault, Reply, Safety

_LONGEST_NAME: Final = 100
_MOST_PROBLEMS: Final = 100
"""To put more of them into words takes too long, and one is told."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed attempt: the error that the caller gets if it is the last one."""

    error: VinrError
    safety: Safety


def decode(call: Call[ResultT], reply: Reply, secret: Secret) -> ResultT | Failure:
    """The model in a 2xx, decoded once from its bytes; else what went wrong."""
    if not 200 <= reply.status < 300:
        error = status_error(call.operation, reply, secret)
        return Failure(error, status_safety(reply, error))
    if reply.flaw:
        return _unreadable(call, reply, reply.flaw)
    try:
        # as model_validate_json does, whose own options nobody asked for
        model = call.result.__pydantic_validator__.validate_json(reply.body)
    except ValidationError as error:
        return _misshapen(call, reply, error, secret)
    # A validator may meet a value that it cannot even look at, such as a time beyond all
    # calendars; whatever it raises then must not reach the caller.
    except Exception:  # noqa: BLE001
        return _unusable(call, reply, "it cannot be decoded", Safety.FINAL_AMBIGUOUS)
    return _doubt(call, reply, model) or model


def _doubt(call: Call[Model], reply: Reply, model: Model) -> Failure | None:
    """The failure where its JSON is in doubt, or it is not the object that was asked for."""
    flaw = flaw_in(reply.body, model)
    if flaw is not None:
        return _unreadable(call, reply, flaw)
    if call.expected is None or is_about(model, call.expected):
        return None
    why = "it is about another object than the one asked for"
    return _unusable(call, reply, why, Safety.FINAL_AMBIGUOUS)


def fault_failure(call: Call[ResultT], fault: Fault) -> Failure:
    """The error for an attempt without a whole answer."""
    kind = APITimeoutError if fault.timed_out else APIConnectionError
    error = kind(
        f"{call.operation}: {fault.summary}", status=fault.status, request_id=fault.request_id
    )
    return Failure(error, fault.safety)


def _misshapen(
    call: Call[ResultT], reply: Reply, error: ValidationError, secret: Secret
) -> Failure:
    if error.error_count() > _MOST_PROBLEMS:
        why = f"it has the wrong shape in {error.error_count()} places"
        return _unusable(call, reply, why, Safety.FINAL_AMBIGUOUS)
    problem = error.errors(include_url=False, include_context=False, include_input=False)[0]
    if problem["type"] == "json_invalid":
        return _unreadable(call, reply, "it is no JSON")
    where = shown(".".join(str(part) for part in problem["loc"][:3]), secret, _LONGEST_NAME)
    why = f"{where or 'it'}: {problem['msg']}"
    return _unusable(call, reply, why, Safety.FINAL_AMBIGUOUS)


def _unreadable(call: Call[ResultT], reply: Reply, why: str) -> Failure:
    return _unusable(call, reply, why, Safety.AMBIGUOUS)


def _unusable(call: Call[ResultT], reply: Reply, why: str, safety: Safety) -> Failure:
    error = APIResponseError(
        f"{call.operation}: VINR answered {reply.status}, but the answer is not usable: {why}",
        status=reply.status,
        request_id=reply.headers.get("x-vinr-request-id"),
    )
    return Failure(error, safety)

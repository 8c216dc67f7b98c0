"""The controls: forms that plan faults and move the clock, and the check of the ledger."""

from typing import Final, NamedTuple

from ..api.operations import OPERATIONS
from ..faults.kinds import Fault, Garbage, LoseReply, Reset, Slow, Status, Truncate
from ..faults.plans import EVERY
from ..invariants import check
from .page import InspectedSandbox, PageRequest, PageResponse

PAGE: Final = "/_sandbox/inspector/controls"

OPERATION_NAMES: Final = {EVERY: "Any operation"} | {
    each.name: each.name for each in OPERATIONS if not each.control
}
FAULT_KINDS: Final = {
    "status": "Status: an error",
    "lose_reply": "LoseReply: answer lost",
    "reset": "Reset: connection cut",
    "slow": "Slow: late answer",
    "truncate": "Truncate: half an answer",
    "garbage": "Garbage: no HTTP",
}
DONE: Final = {
    "": "",
    "fault": "The fault is planned.",
    "clock": "The clock was moved.",
}


class _NumberField(NamedTuple):
    """A number in a form: its bounds, and its value where it was left empty."""

    name: str
    least: float
    most: float
    default: float = 0


_STATUS: Final = _NumberField("status", 400, 599, 429)
_RETRY_AFTER: Final = _NumberField("retry_after", 0, 86_400)
_SLOW: Final = _NumberField("seconds", 0.001, 60, 1)
_TIMES: Final = _NumberField("times", 1, 1000, 1)
_DAYS: Final = _NumberField("days", 0, 36_500)
_HOURS: Final = _NumberField("hours", 0, 876_000)
_MINUTES: Final = _NumberField("minutes", 0, 52_560_000)


def controls(sandbox: InspectedSandbox, request: PageRequest) -> PageResponse:
    """The page with the forms."""
    return _page(sandbox, request, {})


def plan_fault(sandbox: InspectedSandbox, request: PageRequest) -> PageResponse:
    """Plan the fault that the form describes."""
    errors: dict[str, str] = {}
    fault = _fault(request, errors)
    times = int(_number(request, errors, _TIMES))
    if errors:
        return _page(sandbox, request, errors)
    sandbox.faults.add(request.one_of("operation", OPERATION_NAMES), fault, times=times)
    return _redirect("fault")


def _fault(request: PageRequest, errors: dict[str, str]) -> Fault:
    after = bool(request.text("after"))
    match request.one_of("kind", FAULT_KINDS):
        case "lose_reply":
            return LoseReply()
        case "truncate":
            return Truncate()
        case "reset":
            return Reset(after=after)
        case "garbage":
            return Garbage(after=after)
        case "slow":
            return Slow(_number(request, errors, _SLOW), after=after)
        case _:
            status = int(_number(request, errors, _STATUS))
            given = bool(request.text("retry_after"))
            retry_after = int(_number(request, errors, _RETRY_AFTER)) if given else None
            return Status(status, retry_after=retry_after, after=after)


def move_clock(sandbox: InspectedSandbox, request: PageRequest) -> PageResponse:
    """Advance the clock by what the form says."""
    errors: dict[str, str] = {}
    days, hours, minutes = (_number(request, errors, each) for each in (_DAYS, _HOURS, _MINUTES))
    if not errors and not days + hours + minutes:
        errors["clock"] = "Say how far to move it."
    elif not errors:
        try:
            sandbox.clock.advance(days=days, hours=hours, seconds=60 * minutes)
        except ValueError as error:
            errors["clock"] = str(error)
    return _page(sandbox, request, errors) if errors else _redirect("clock")


def _redirect(done: str) -> PageResponse:
    return PageResponse("", redirect=f"{PAGE}?done={done}")


def _page(sandbox: InspectedSandbox, request: PageRequest, errors: dict[str, str]) -> PageResponse:
    findings = None
    if request.text("check"):
        with sandbox.ledger.read() as work:
            findings = check(work)
    context = {
        "values": request.values,
        "errors": errors,
        "done": DONE[request.one_of("done", DONE)],
        "operations": OPERATION_NAMES,
        "kinds": FAULT_KINDS,
        "pending": sandbox.faults.pending(),
        "findings": findings,
    }
    return PageResponse("controls.html", context, status=422 if errors else 200)


def _number(request: PageRequest, errors: dict[str, str], field: _NumberField) -> float:
    text = request.text(field.name)
    if not text:
        return field.default
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not field.least <= value <= field.most:
        errors[field.name] = f"A number from {field.least:,g} to {field.most:,g}."
        return field.default
    return value

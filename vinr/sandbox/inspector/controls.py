"""The controls: faults to come, the clock, and whether the ledger is sound."""

from typing import Final, NamedTuple

from ..api.operations import OPERATIONS
from ..faults.kinds import Fault, Garbage, LoseReply, Reset, Slow, Status, Truncate
from ..faults.plans import EVERY
from ..invariants import check
from .page import Asked, Shown, State

PAGE: Final = "/_sandbox/inspector/controls"

OPERATION_NAMES: Final = {EVERY: "Any operation"} | {
    each.name: each.name for each in OPERATIONS if not each.control
}
KINDS: Final = {
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


class _Field(NamedTuple):
    """A number in a form, its bounds, and what it is where it was left empty."""

    name: str
    least: float
    most: float
    default: float = 0


_STATUS: Final = _Field("status", 400, 599, 429)
_RETRY_AFTER: Final = _Field("retry_after", 0, 86_400)
_SLOW: Final = _Field("seconds", 0.001, 60, 1)
_TIMES: Final = _Field("times", 1, 1000, 1)
_DAYS: Final = _Field("days", 0, 36_500)
_HOURS: Final = _Field("hours", 0, 876_000)
_MINUTES: Final = _Field("minutes", 0, 52_560_000)


def controls(state: State, asked: Asked) -> Shown:
    """The forms."""
    return _shown(state, asked, {})


def plan_fault(state: State, asked: Asked) -> Shown:
    """Plan what the form asks for."""
    errors: dict[str, str] = {}
    fault = _fault(asked, errors)
    times = int(_number(asked, errors, _TIMES))
    if errors:
        return _shown(state, asked, errors)
    state.faults.add(asked.one_of("operation", OPERATION_NAMES), fault, times=times)
    return _done("fault")


def _fault(asked: Asked, errors: dict[str, str]) -> Fault:
    after = bool(asked.text("after"))
    match asked.one_of("kind", KINDS):
        case "lose_reply":
            return LoseReply()
        case "truncate":
            return Truncate()
        case "reset":
            return Reset(after=after)
        case "garbage":
            return Garbage(after=after)
        case "slow":
            return Slow(_number(asked, errors, _SLOW), after=after)
        case _:
            status = int(_number(asked, errors, _STATUS))
            wait = int(_number(asked, errors, _RETRY_AFTER)) if asked.text("retry_after") else None
            return Status(status, retry_after=wait, after=after)


def move_clock(state: State, asked: Asked) -> Shown:
    """Advance the clock by what the form says."""
    errors: dict[str, str] = {}
    days, hours, minutes = (_number(asked, errors, each) for each in (_DAYS, _HOURS, _MINUTES))
    if not errors and not days + hours + minutes:
        errors["clock"] = "Say how far to move it."
    elif not errors:
        try:
            state.clock.advance(days=days, hours=hours, seconds=60 * minutes)
        except ValueError as error:
            errors["clock"] = str(error)
    return _shown(state, asked, errors) if errors else _done("clock")


def _done(what: str) -> Shown:
    return Shown("", redirect=f"{PAGE}?done={what}")


def _shown(state: State, asked: Asked, errors: dict[str, str]) -> Shown:
    findings = None
    if asked.text("check"):
        with state.ledger.read() as work:
            findings = check(work)
    context = {
        "given": asked.values,
        "errors": errors,
        "done": DONE[asked.one_of("done", DONE)],
        "operations": OPERATION_NAMES,
        "kinds": KINDS,
        "pending": state.faults.pending(),
        "findings": findings,
    }
    return Shown("controls.html", context, status=422 if errors else 200)


def _number(asked: Asked, errors: dict[str, str], field: _Field) -> float:
    text = asked.text(field.name)
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

"""The controls: faults to come, the clock, and whether the ledger is sound."""

from typing import Final, NamedTuple, cast

from ..api.operations import OPERATIONS
from ..invariants import check
from .page import Asked, Shown, State
from .seams import FAULT_KINDS, AskedFault, FaultKind

PAGE: Final = "/_sandbox/inspector/controls"

FAULTABLE: Final = {each.name: each.name for each in OPERATIONS if not each.control}
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
_SLOW: Final = _Field("seconds", 0, 60, 1)
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
    fault = AskedFault(
        operation=asked.one_of("operation", FAULTABLE),
        kind=cast("FaultKind", asked.one_of("kind", FAULT_KINDS)),
        status=int(_number(asked, errors, _STATUS)),
        retry_after=int(_number(asked, errors, _RETRY_AFTER)) or None,
        seconds=_number(asked, errors, _SLOW),
        times=int(_number(asked, errors, _TIMES)),
    )
    if state.faults is None:
        errors["fault"] = "This sandbox takes no fault plans."
    elif not errors:
        try:
            state.faults.plan(fault)
        except ValueError as error:
            errors["fault"] = str(error)
    return _shown(state, asked, errors) if errors else _done("fault")


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
        "operations": FAULTABLE,
        "kinds": FAULT_KINDS,
        "pending": state.faults.pending() if state.faults else [],
        "faults_possible": state.faults is not None,
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

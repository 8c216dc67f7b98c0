"""Operations on the whole state: snapshots, restore, reset."""

from ...dialects.render import Json
from ...parameters.base import Parameters
from ...parameters.control import RestoreSnapshot
from ..controls import Controls
from .clock import clock_time


def create(controls: Controls, _parameters: Parameters) -> Json:
    """Keep a snapshot of everything as it is now."""
    return {"snapshot": controls.state.keep_snapshot()}


def restore(controls: Controls, parameters: RestoreSnapshot) -> Json:
    """Make everything as it was when the snapshot was taken."""
    controls.state.restore_kept_snapshot(parameters.snapshot)
    return clock_time(controls)


def reset(controls: Controls, _parameters: Parameters) -> Json:
    """Start over: no members, events, faults or webhooks, and the clock where it began."""
    controls.state.reset()
    return clock_time(controls)

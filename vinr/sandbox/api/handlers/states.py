"""Operations on the whole state."""

from ...controls import Controls
from ..parameters.base import Parameters
from ..parameters.control import RestoreSnapshot
from ..render import Json
from .clock import time_of


def keep(controls: Controls, _asked: Parameters) -> Json:
    """Keep everything as it is now, to come back to."""
    return {"snapshot": controls.states.keep()}


def restore(controls: Controls, asked: RestoreSnapshot) -> Json:
    """Make everything as it was when the snapshot was taken."""
    controls.states.restore_kept(asked.snapshot)
    return time_of(controls)


def reset(controls: Controls, _asked: Parameters) -> Json:
    """Begin anew: no members, no events, no faults, no webhooks, the clock where it began."""
    controls.states.reset()
    return time_of(controls)

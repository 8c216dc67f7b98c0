"""Programs: their tiers and their rules."""

from ..ledger import programs as stored
from ..ledger import search
from .page import Asked, Shown, State


def programs(state: State, _asked: Asked) -> Shown:
    """All programs."""
    with state.ledger.read() as work:
        members = search.members_of(work)
        context = {
            "programs": [
                {"program": program, "members": members.get(program.id, 0)}
                for program in stored.every(work)
            ]
        }
    return Shown("programs.html", context)

"""The page of programs: their tiers and rules."""

from ..ledger import programs as stored_programs
from ..ledger import search
from .page import InspectedSandbox, PageRequest, PageResponse


def programs(sandbox: InspectedSandbox, _request: PageRequest) -> PageResponse:
    """All programs."""
    with sandbox.ledger.read() as work:
        members = search.members_by_program(work)
        context = {
            "programs": [
                {"program": program, "members": members.get(program.id, 0)}
                for program in stored_programs.every(work)
            ]
        }
    return PageResponse("programs.html", context)

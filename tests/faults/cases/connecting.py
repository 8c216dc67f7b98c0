"""Connecting: nothing was sent, so it may be tried again, and no outcome is unknown."""

from __future__ import annotations

from vinr import APIConnectionError

from ..case import Case
from ..faults import accepting, fin, rst
from ..server import Wire


def banner(wire: Wire) -> None:
    wire.send(b"SSH-2.0-OpenSSH_9.9\r\n")
    wire.stall()


ENDS = tuple(accepting(*each) for each in (("closed", fin), ("reset", rst), ("banner", banner)))

CASES = (
    *(Case(name=f"{fault.name}, then well", plan=(fault, fault)) for fault in ENDS),
    *(
        Case(
            name=f"{fault.name}, for ever",
            always=fault,
            requests=None,
            effects=0,
            attempts=3,
            raises=APIConnectionError,
            unknown=None,
        )
        for fault in ENDS
    ),
)

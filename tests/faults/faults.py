"""What can go wrong on the way: each a fault that the server is told to commit."""

from __future__ import annotations

from collections.abc import Callable

from .server import Fault, Wire, http
from .service import Answer

Ending = Callable[[Wire], None]


def accepting(name: str, run: Ending) -> Fault:
    """Something that happens to a new connection."""
    return Fault(f"{name} on accept", lambda wire, _: run(wire), on_accept=True)


def before(name: str, run: Ending) -> Fault:
    """Something that happens instead of the request's execution."""
    return Fault(f"{name} before processing", lambda wire, _: run(wire))


def after(name: str, run: Callable[[Wire, Answer], None]) -> Fault:
    """Something that happens to the answer of a request that was executed."""
    return Fault(
        f"{name} after processing", lambda wire, request: run(wire, wire.service.answer(request))
    )


def lost(name: str, end: Ending) -> Fault:
    """Executed, and then no answer comes."""
    return after(name, lambda wire, _: end(wire))


def says(name: str, make: Callable[[bytes], bytes], end: Ending | None = None) -> Fault:
    """Executed; what is sent is made of the sound answer's body, and then the end comes, if any."""

    def run(wire: Wire, answer: Answer) -> None:
        wire.send(make(answer.body))
        if end is not None:
            end(wire)

    return after(name, run)


def body(name: str, make: Callable[[bytes], bytes], **headers: str) -> Fault:
    """Executed, and answered with a 200 whose body is made of the right one."""
    return says(name, lambda sound: http(200, make(sound), **headers))


def status(code: int, page: bytes = b"", *, executed: bool = False, **headers: str) -> Fault:
    """An answer of some other server's, before the request is executed or after."""
    wanted = http(code, page, **headers)
    if executed:
        return says(str(code), lambda _: wanted)
    return before(str(code), lambda wire: wire.send(wanted))


def refused(code: int, name: str, **headers: str) -> Fault:
    """A refusal as VINR words it."""
    text = f'{{"error":{{"type":"an_error","code":"{name}","message":"It says no."}}}}'
    return status(code, text.encode(), executed=False, **headers)


def fin(wire: Wire) -> None:
    wire.fin()


def rst(wire: Wire) -> None:
    wire.rst()


def stall(wire: Wire) -> None:
    wire.stall()


LOST_BEFORE = tuple(
    before(name, end) for name, end in (("FIN", fin), ("RST", rst), ("silence", stall))
)
LOST_AFTER = tuple(
    lost(name, end) for name, end in (("FIN", fin), ("RST", rst), ("silence", stall))
)

"""What the rows have in common: a piece of work is tried, and a cell says how it went."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Callable
from typing import Any, Final

from .. import service
from ..service import serving

KEY: Final = "sk_test_1"
EVENT: Final = (
    b'{"id":"evt_1","type":"customer.created","created":1,"object":"event","data":{"object":{}}}'
)


def succeeds(work: Callable[[], object]) -> bool:
    """Whether it does. What it raises is printed, so that no mistake goes for a missing feature."""
    try:
        work()
    except Exception:  # noqa: BLE001  # whatever the library raises is the answer
        traceback.print_exc()
        return False
    return True


def yes(*, so: bool) -> str:
    """A cell of one word."""
    return "yes" if so else "no"


def in_task(library: Any, origin: str) -> None:
    """One call on asyncio; AttributeError where the library has none."""
    calls = library.AsyncCalls
    asyncio.run(_called(calls, origin))


async def _called(calls: Any, origin: str) -> None:
    await calls(origin).get()


def in_trio(trio: Any, library: Any, origin: str) -> None:
    """One call on trio."""
    trio.run(_called, library.AsyncCalls, origin)


def arrived(work: Callable[[str], object]) -> int:
    """How many requests the work makes of a server that only ever answers 503."""
    with serving((), service.status(503)) as server:
        succeeds(lambda: work(server.origin))
        return len(server.arrived)

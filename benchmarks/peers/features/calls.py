"""Calls, found out by making them."""

from __future__ import annotations

import importlib
import inspect
import io
import logging
import pickle
import time
from collections.abc import Callable, Iterator
from typing import Any, Final

from .. import service
from ..service import serving
from .doing import KEY, arrived, in_task, in_trio, succeeds, yes

LIMIT: Final = 1.0
"""Seconds for all attempts of a call."""


def runs_in(library: Any) -> str:
    """Threads, asyncio, trio?"""
    trio = importlib.import_module("trio")
    with serving((), service.sound) as server:
        origin = server.origin
        ways: dict[str, Callable[[], object]] = {
            "threads": lambda: library.Calls(origin).get(),
            "asyncio": lambda: in_task(library, origin),
            "trio": lambda: in_trio(trio, library, origin),
        }
        return ", ".join(name for name, work in ways.items() if succeeds(work))


def retries(library: Any) -> str:
    """How many, and does one, set for a client or for a call, make two requests?"""
    default = arrived(lambda origin: library.get(library.client(origin))) - 1
    ways = {"client": "retries_of_client", "call": "retries_of_call"}
    found = [name for name, way in ways.items() if _retries_once(library, way)]
    return f"{default}; {', '.join(found)}" if found else f"{default}"


def _retries_once(library: Any, way: str) -> bool:
    set_by = getattr(library, way, None)
    if set_by is None:
        options = inspect.signature(library.CLIENTS[0]).parameters
        assert way == "retries_of_call" or not any("retr" in option for option in options)
        return False
    return arrived(lambda origin: set_by(origin, 1)) == 2


def own_key(library: Any) -> str:
    """Without the caller's doing?"""
    with serving((), service.sound) as server:
        calls = library.Calls(server.origin)
        try:
            getattr(library, "post_without_key", library.Calls.post)(calls)
        except TypeError as missing:
            return _asks_for_key(missing)
        return "yes" if server.arrived[0].key else "no"


def _asks_for_key(missing: TypeError) -> str:
    assert "idempotency_key" in str(missing)
    return "no, and asks you for one"


def deadline(library: Any) -> str:
    """Does a call with many retries end in time?"""
    started = time.monotonic()
    requests = arrived(lambda origin: library.deadline(origin, LIMIT))
    return yes(so=requests > 1 and time.monotonic() - started < 3 * LIMIT)


def told(library: Any) -> str:
    """Of each attempt, or of the call?"""
    times: list[None] = []
    with serving([service.status(503)], service.sound) as server:
        succeeds(lambda: library.hooked(server.origin, lambda: times.append(None)))
        requests = len(server.arrived)
    assert times
    return "each attempt" if len(times) == requests else "each call"


def secret_places(library: Any) -> str:
    """In what a client and the error of a refused call show, and in the log of both?"""
    log = io.StringIO()
    logging.basicConfig(stream=log, level=logging.DEBUG)
    with serving((), service.status(401)) as server:
        client = library.client(server.origin)
        refused = _refusal(library, client)
    texts = {
        "`repr()`": f"{client!r} {refused!r} {refused}",
        "the error's attributes": _attributes(refused),
        "its pickle": _pickled(refused),
        "the debug log": log.getvalue(),
    }
    return ", ".join(place for place, text in texts.items() if KEY in text) or "nowhere"


def _refusal(library: Any, client: Any) -> Exception:
    try:
        library.get(client)
    except Exception as error:  # noqa: BLE001  # whatever the library raises is the answer
        return error
    raise AssertionError("401 is a refusal")


def _attributes(error: Exception) -> str:
    """All that can be reached in two steps, with headers spelled out."""
    found: list[object] = [error]
    for _ in range(2):
        found += [value for each in found for value in _parts(each)]
    return " ".join(_text(each) for each in found)


def _text(each: Any) -> str:
    return str(dict(each) if hasattr(each, "keys") else each)


def _parts(each: object) -> Iterator[object]:
    yield from getattr(each, "__dict__", {}).values()
    for kind in type(each).__mro__:
        slots = getattr(kind, "__slots__", ())
        yield from (
            getattr(each, name, None) for name in ((slots,) if isinstance(slots, str) else slots)
        )


def _pickled(error: Exception) -> str:
    try:
        return pickle.dumps(error).decode("latin-1")
    except Exception:  # noqa: BLE001  # what cannot be pickled tells nothing
        return ""

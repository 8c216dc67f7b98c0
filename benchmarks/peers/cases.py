"""The faults, what each is asked about it, and how the answer reads in a table."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from . import service
from .probe import MOST_ITEMS, Ending
from .service import Answer, Arrived, Service, serving

LIMIT: Final = 1.0
"""Seconds that a call may take where it is told to end."""
PATIENCE: Final = 15.0
"""Seconds that a library has for one piece of work."""
KEY: Final = "sk_test_1"


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of one fault in one library."""

    arrived: Sequence[Arrived]
    ending: Ending | None
    """None where it had not ended after ``PATIENCE``."""
    elsewhere: Sequence[Arrived] = ()
    """What came to the other host."""


@dataclass(frozen=True, slots=True)
class Case:
    """One fault."""

    title: str
    work: str
    """``get``, ``post`` or ``items``."""
    says: Callable[[Seen], str]
    first: Sequence[Answer] = ()
    then: Answer = service.sound
    limit: float | None = None
    redirects: bool = False

    @contextmanager
    def running(self) -> Generator[tuple[Service, Service]]:
        """The host that is called, and another one."""
        with serving((), service.sound) as other:
            elsewhere = other.origin.replace("127.0.0.1", "localhost")
            then = service.redirect(elsewhere) if self.redirects else self.then
            with serving(self.first, then) as called:
                yield called, other


def again(seen: Seen) -> str:
    """Was it sent again, and under which key?"""
    keys = [each.key for each in seen.arrived]
    if len(keys) < 2:
        return f"once: {ended(seen)}"
    same = "same key" if len(set(keys)) == 1 else "other key"
    return f"again, {'no key' if None in keys else same}: {ended(seen)}"


def waited(seen: Seen) -> str:
    """How long was it between the first two requests?"""
    if len(seen.arrived) < 2:
        return f"once: {ended(seen)}"
    pause = seen.arrived[1].at - seen.arrived[0].at
    return f"again after {pause:.1f} s: {ended(seen)}"


def repeated(seen: Seen) -> str:
    """Was it sent again?"""
    return f"{'again' if len(seen.arrived) > 1 else 'once'}: {ended(seen)}"


def ended(seen: Seen) -> str:
    """A result or an error."""
    if seen.ending is None:
        return f"not over after {PATIENCE:.0f} s"
    if seen.ending["raised"]:
        return "error"
    return "a text as result" if seen.ending["kind"] == "str" else "result"


def in_time(seen: Seen) -> str:
    """After how many seconds did it end?"""
    if seen.ending is None:
        return ended(seen)
    return f"after {seen.ending['seconds']:.1f} s: {ended(seen)}"


def ends(seen: Seen) -> str:
    """Does the iteration end?"""
    if seen.ending is not None and seen.ending["items"] == MOST_ITEMS:
        return f"no end: {MOST_ITEMS:,} items of 100"
    return ended(seen)


def tells_key(seen: Seen) -> str:
    """Does the error have the key that would settle it?"""
    if seen.ending is None or not seen.ending["raised"]:
        return ended(seen)
    key = seen.arrived[-1].key
    if key is None:
        return "error; no key was sent"
    return f"error, {'with' if key in seen.ending['told'] else 'without'} the key"


def key_elsewhere(seen: Seen) -> str:
    """Did another host get the secret key?"""
    if not seen.elsewhere:
        return f"not followed: {ended(seen)}"
    told = any(KEY in value for each in seen.elsewhere for value in each.request.headers.values())
    return f"followed, {'with' if told else 'without'} the secret key"


CASES: Final = (
    Case("A POST's answer is lost", "post", again, first=[service.lost]),
    Case("A POST is answered with 500", "post", again, first=[service.status(500)]),
    Case("All answers to a POST are lost", "post", tells_key, then=service.lost),
    Case("429 with `Retry-After: 2`", "get", waited, first=[service.status(429, Retry_After="2")]),
    Case("Half a body, then the end", "get", repeated, first=[service.half]),
    Case(
        "A body in drops, and a limit of 1 s", "get", in_time, then=service.dribbling, limit=LIMIT
    ),
    Case("200 with a proxy's HTML", "get", repeated, then=service.proxy_page),
    Case("200 with `{}`", "get", ended, then=service.empty_object),
    Case("A list that repeats its page", "items", ends, then=service.same_page),
    Case("A redirect to another host", "get", key_elsewhere, redirects=True),
)

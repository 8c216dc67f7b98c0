"""What a client must forget in a child process: locks that are held, connections that are not its.

A fork copies everything, also sockets that the parent reads from and locks that another of its
threads holds at that moment.
"""

from __future__ import annotations

import ctypes
import os
from typing import Final, Protocol
from weakref import WeakSet


class Forgetful(Protocol):
    """Something that has to start anew in a child process."""

    def after_fork(self) -> None:
        """Runs in the child, before anything else does."""


_everything: Final[WeakSet[Forgetful]] = WeakSet()


def forget_in_child(thing: Forgetful) -> None:
    """From now on ``thing`` is told when this process has become a child."""
    _everything.add(thing)


def keep_for_ever(thing: object) -> None:
    """What a fork copied is the parent's: it is never touched again, nor tidied up at the end.

    To close a connection over TLS sends a farewell, and the parent would find it closed.
    """
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(thing))


def _after_fork() -> None:
    for thing in list(_everything):
        thing.after_fork()


if hasattr(os, "register_at_fork"):  # not on Windows, which has no fork
    os.register_at_fork(after_in_child=_after_fork)

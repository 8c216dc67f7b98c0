"""What a client must start anew in a forked child: locks that are held, connections not its own.

A fork copies everything, also sockets that the parent reads from and locks that another of its
threads holds at that moment.
"""

from __future__ import annotations

import os
from typing import Final, Protocol
from weakref import WeakSet

try:
    import ctypes
except ImportError:  # a Python that was built without it
    ctypes = None  # type: ignore[assignment]  # looked at before each use


class StartsAnewInChild(Protocol):
    """Something that a forked child cannot go on with as it is."""

    def after_fork(self) -> None:
        """Runs in the child, before anything else does."""


_registered: Final[WeakSet[StartsAnewInChild]] = WeakSet()


def start_anew_in_child(thing: StartsAnewInChild) -> None:
    """From now on ``thing`` is told when this process has become a child."""
    _registered.add(thing)


def leave_to_parent(thing: object) -> None:
    """Keeps what a fork copied untouched, also when the process ends.

    Closing a copied TLS connection would tell the server that the parent's is over.
    """
    if ctypes is not None:
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(thing))


def _after_fork() -> None:
    for thing in list(_registered):
        thing.after_fork()


if hasattr(os, "register_at_fork"):  # not on Windows, which has no fork
    os.register_at_fork(after_in_child=_after_fork)

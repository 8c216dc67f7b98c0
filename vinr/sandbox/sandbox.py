"""The embedded, stateful stand-in for VINR's loyalty service."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from os import PathLike
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self, TypedDict, Unpack

import httpx

from .._async.client import AsyncVinr
from .._async.client import client_over as async_client_over
from .._sync.client import Vinr, client_over
from ..config import TEST_HOST, Overrides
from . import files
from .api.api import Api
from .api.operations import OPERATIONS
from .api.parameters import control
from .api.parameters.base import parse
from .clock import SEEDED_START, Clock
from .controls import Controls
from .doors.in_process import AsyncInProcessTransport, InProcessTransport
from .events import EventLog, record
from .extra import explain_missing_extra
from .faults.encounter import Encounters
from .faults.plans import FaultPlans
from .ids import Ids
from .invariants import Finding, check
from .ledger import customers, due, programs
from .ledger.store import MEMORY, Store
from .ledger.work import Hooks, Ledger
from .programs import Program, check_together
from .ratelimit import RateLimit, RateLimiter
from .request_log import RequestLog
from .simulate import Simulate
from .states import States
from .surface import Surface
from .webhooks.webhooks import Webhooks

if TYPE_CHECKING:
    from .inspector.inspector import Inspector

_TEST_KEY: Final = "sk_test_sandbox"


class ClientOptions(Overrides, total=False):
    """What ``client()`` and ``async_client()`` take: the options of a client."""

    secret_key: str


class SandboxOptions(TypedDict, total=False):
    """What a sandbox is made with, by name."""

    path: str | PathLike[str]
    programs: Sequence[Program] | None
    rate_limit: RateLimit | None
    seed: int | str | None
    start: datetime | None


class Sandbox:
    """The loyalty service in a box: a real ledger, in memory or in a file.

    ``client()`` and ``async_client()`` are answered in process, ``serve()`` answers over
    HTTP; all of them share one state. A file keeps everything that was answered, also when
    the process is killed, and can be open in several processes.
    """

    def __init__(
        self,
        path: str | PathLike[str] = MEMORY,
        *,
        programs: Sequence[Program] | None = None,
        rate_limit: RateLimit | None = None,
        seed: int | str | None = None,
        start: datetime | None = None,
    ) -> None:
        """Open a sandbox.

        ``programs`` are added to those in the file; a new sandbox has ``prog_default`` only where
        none are given. ``rate_limit`` is not enforced where it is None. With a ``seed``
        the ids and times are the same in every run. With a ``seed`` or a ``start`` (an aware
        datetime; the year 2026 begins for a seed alone) time stands still until it is advanced.
        Raises OSError for a file that cannot be opened, ValueError for one that is no sandbox's.
        """
        check_together(programs or ())
        self._store = Store(path)
        self.clock = Clock(start=SEEDED_START if start is None and seed is not None else start)
        ids = Ids(seed)
        hooks = Hooks(due.next_moment, due.settle, record)
        self._ledger = Ledger(self._store, self.clock, ids, hooks)
        self.faults = FaultPlans([each.name for each in OPERATIONS if not each.control])
        self.webhooks = Webhooks(self._ledger, self.clock)
        self._states = States(self._ledger, self.webhooks, self.faults, tuple(programs or ()))
        controls = Controls(self.clock, self.faults, self.webhooks, self._states)
        api = Api(self._ledger, RateLimiter(rate_limit, self.clock), ids, controls)
        encounters = Encounters(api, self.faults)
        self._requests = RequestLog()
        self._surface = Surface(
            encounters, self._ledger, self._requests, self.clock.time, self._make_inspector
        )
        self.simulate = Simulate(self._ledger)
        self.events = EventLog(self._ledger)
        self._states.set_up()

    def client(self, **options: Unpack[ClientOptions]) -> Vinr:
        """A client that this sandbox answers in process; it takes a client's options."""
        options.setdefault("secret_key", _TEST_KEY)
        return client_over(self.transport(), Vinr(base_url=TEST_HOST, **options))

    def async_client(self, **options: Unpack[ClientOptions]) -> AsyncVinr:
        """An async client that this sandbox answers in process."""
        options.setdefault("secret_key", _TEST_KEY)
        client = AsyncVinr(base_url=TEST_HOST, **options)
        return async_client_over(self.async_transport(), client)

    def transport(self) -> httpx.BaseTransport:
        """For an httpx.Client of your own: every request is answered by this sandbox."""
        return InProcessTransport(self._surface)

    def async_transport(self) -> httpx.AsyncBaseTransport:
        """For an httpx.AsyncClient of your own."""
        return AsyncInProcessTransport(self._surface)

    def serve(self, port: int = 0, host: str = "127.0.0.1") -> AbstractContextManager[str]:
        """Answer HTTP as long as the ``with`` block runs; yields the base URL, up to ``/v1``.

        Port 0 picks a free one. Nothing but this machine reaches it unless ``host`` says so; where
        that is every address (``0.0.0.0``), the URL is the one for this machine. Raises OSError
        where the address cannot be had, ValueError where it cannot be one.
        """
        with explain_missing_extra():
            from .doors.localhost import serve  # noqa: PLC0415 - aiohttp is for those who serve

        return serve(self._surface, host, port)

    def configure(self, *, program: Program) -> None:
        """Add a program, or replace the one with its id."""
        with self._ledger.write() as work:
            programs.put(work, program)

    def add_customer(self, id: str, *, email: str) -> None:
        """Tell the e-mail address of a customer; others get ``<id>@example.test``."""
        asked = parse(control.Customer, {"id": id, "email": email})
        with self._ledger.write() as work:
            customers.put(work, customers.Customer(asked.id, asked.email))

    def check(self) -> list[Finding]:
        """The rules that the ledger breaks and the accounts that break them; empty if sound."""
        with self._ledger.read() as work:
            return check(work)

    def snapshot(self) -> bytes:
        """Everything as it is now: ledger, events, kept answers, time."""
        return self._ledger.snapshot()

    def restore(self, snapshot: bytes) -> None:
        """Make everything as it was when the snapshot was taken, here or in another sandbox.

        Raises ValueError for what is no snapshot. Fault plans and webhook endpoints stay as they
        are; deliveries that were still to be made are dropped with the events they were about.
        """
        self._states.restore(snapshot)

    def reset(self) -> None:
        """Make everything as in a new sandbox that is made with the same options.

        Members, events, kept answers, fault plans and webhook endpoints are gone, from a file too.
        """
        self._states.reset()

    def save(self, path: str | PathLike[str]) -> int:
        """Write everything to a JSONL file, line by line; returns the number of lines."""
        return files.save(self._ledger, path)

    def load(self, path: str | PathLike[str]) -> int:
        """Read a JSONL file, all of it or nothing; returns the number of its lines, the blank
        ones aside.

        One that ``save()`` wrote, into a sandbox without members; or lines written by hand, such
        as ``{"member": {"customer": "cust_1", "points": 500}}`` and ``{"program": {…}}``.
        Raises ValueError, naming the line, for what cannot be read. What is saved is not delivered
        to webhook endpoints, members written by hand are.
        """
        loaded = files.load(self._ledger, path)
        self._ledger.restore_clock()
        if loaded.saved:
            self.webhooks.start_over()
        return loaded.lines

    @property
    def closed(self) -> bool:
        """Whether close() was called."""
        return self._store.closed

    def close(self) -> None:
        """Close the store; clients then get connection errors."""
        if not self.closed:
            self._ledger.keep_time()
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _make_inspector(self) -> Inspector:
        with explain_missing_extra():
            from .inspector.inspector import Inspector  # noqa: PLC0415 - for those who look
            from .inspector.page import State  # noqa: PLC0415 - likewise

        return Inspector(
            State(self._ledger, self.clock, self.faults, self._requests, self.webhooks)
        )

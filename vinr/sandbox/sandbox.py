"""The embedded, stateful stand-in for VINR's loyalty service."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from os import PathLike
from types import TracebackType
from typing import BinaryIO, Final, Self, TypedDict, Unpack

import httpx

from .._async.client import AsyncVinr
from .._async.client import client_over as async_client_over
from .._config import TEST_HOST, Overrides
from .._hosts import is_loopback
from .._keywords import names_near_keywords
from .._sync.client import Vinr, client_over
from . import jsonl
from .access_control import Listening
from .application import Application
from .clock import SEEDED_START, Clock
from .event_log import EventLog
from .extra import explain_missing_extra
from .faults.plans import FaultPlans
from .ids import Ids
from .invariants import Finding, check
from .ledger import customers, programs
from .ledger.database import MEMORY
from .ledger.rows import CustomerRow
from .ledger.store import Store
from .parameters import control
from .parameters.base import parse
from .programs import Program, check_distinct
from .rate_limit import RateLimit
from .service import Service
from .simulate import Simulate
from .transports.httpx_transport import AsyncSandboxTransport, SandboxTransport
from .webhooks.webhooks import Webhooks

_TEST_KEY: Final = "sk_test_sandbox"


class ClientOptions(Overrides, total=False):
    """What ``client()`` and ``async_client()`` take: the options of a client."""

    secret_key: str
    """A test key; one is there already."""


class SandboxOptions(TypedDict, total=False):
    """What a sandbox is made with, by name."""

    path: str | PathLike[str]
    """A file for the state; in memory if left out."""
    programs: Sequence[Program] | None
    """Added to those in the file; ``prog_default`` if there are none at all."""
    rate_limit: RateLimit | None
    """Enforced where it is given."""
    seed: int | str | None
    """Makes ids and times the same in every run."""
    start: datetime | None
    """Where time stands still until it is advanced, an aware datetime."""


@names_near_keywords
class Sandbox:
    """A loyalty service in your process, with a real ledger in memory or in a file.

    ``client()`` and ``async_client()`` are answered in process, ``serve()`` answers over HTTP; all
    of them share one state. A file has everything that was answered, also when the process is
    killed, and can be open in several processes.

    Example:
        ```python
        with Sandbox() as sandbox:
            client = sandbox.client()
            member = client.loyalty.accounts.create(program="prog_default", customer="cust_1")
            sandbox.simulate.payment_completed(customer="cust_1", amount="19.90")
            assert client.loyalty.accounts.retrieve(member.id).balance == 19
        ```

    Source: our choice.
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

        Args:
            path: A file for the state; in memory if left out.
            programs: Added to those in the file; a new sandbox has ``prog_default`` only where none
                are given.
            rate_limit: Enforced; without one no limit is.
            seed: Makes ids and times the same in every run.
            start: Where time stands still until it is advanced, an aware datetime; with a seed
                alone it is the beginning of 2026.

        Raises:
            OSError: A file that cannot be opened.
            ValueError: A file that is damaged or another program's, to which nothing is written
                then.
        """
        check_distinct(programs or ())
        clock = Clock(start=SEEDED_START if start is None and seed is not None else start)
        self._service = Service.make(
            Store(path), clock, Ids(seed), programs=tuple(programs or ()), rate_limit=rate_limit
        )
        self._application = Application(self._service)
        self._ledger = self._service.ledger
        self.clock = clock
        """Time in the sandbox; it goes where you tell it."""
        self.faults: FaultPlans = self._service.faults
        """Plans of errors, lost answers and slow answers."""
        self.webhooks: Webhooks = self._service.webhooks
        """Where events are sent, and what became of them."""
        self.simulate: Simulate = Simulate(self._ledger)
        """What happens at VINR by itself: payments, refunds, redemptions, expiry."""
        self.events: EventLog = EventLog(self._ledger)
        """All that has happened."""

    def client(self, **options: Unpack[ClientOptions]) -> Vinr:
        """A client that this sandbox answers in process.

        Args:
            options: Those of a client: ``timeout``, ``deadline``, ``max_retries`` and so on.

        Raises:
            ConfigurationError: Options that cannot work.

        Source: our choice.
        """
        options.setdefault("secret_key", _TEST_KEY)
        return client_over(self.transport(), Vinr(base_url=TEST_HOST, **options))

    def async_client(self, **options: Unpack[ClientOptions]) -> AsyncVinr:
        """An async client that this sandbox answers in process.

        Args:
            options: Those of a client: ``timeout``, ``deadline``, ``max_retries`` and so on.

        Raises:
            ConfigurationError: Options that cannot work.

        Source: our choice.
        """
        options.setdefault("secret_key", _TEST_KEY)
        client = AsyncVinr(base_url=TEST_HOST, **options)
        return async_client_over(self.async_transport(), client)

    def transport(self) -> httpx.BaseTransport:
        """For an httpx.Client of your own: every request is answered by this sandbox."""
        return SandboxTransport(self._application)

    def async_transport(self) -> httpx.AsyncBaseTransport:
        """For an httpx.AsyncClient of your own."""
        return AsyncSandboxTransport(self._application)

    def serve(
        self,
        port: int = 0,
        host: str = "127.0.0.1",
        *,
        allowed_hosts: Collection[str] = (),
        open_control: bool = False,
    ) -> AbstractContextManager[str]:
        """Answer HTTP as long as the ``with`` block runs; yields the base URL, up to ``/v1``.

        Other machines reach the API alone, unless ``open_control``. They come by an address or by a
        name that public DNS does not have (``sandbox``, ``build.internal``).

        Args:
            port: 0 picks a free one.
            host: Only this machine can connect unless it is another address; for every address
                (``0.0.0.0``) the URL is the one for this machine.
            allowed_hosts: Other names that other machines come by.
            open_control: Lets other machines plan faults, move the clock and start over too.

        Raises:
            OSError: An address that is not free.
            ValueError: One that cannot be an address.

        Source: our choice.
        """
        if isinstance(allowed_hosts, str):
            raise TypeError(f"allowed_hosts are names, such as [{allowed_hosts!r}], not one text")
        listening = Listening(
            only_here=is_loopback(host),
            allowed_hosts=frozenset(name.lower() for name in allowed_hosts),
            open_control=open_control,
        )
        with explain_missing_extra():
            from .http_server.server import serve  # noqa: PLC0415 - it needs aiohttp

        return serve(self._application, host, port, listening)

    def configure(self, *, program: Program) -> None:
        """Add a program, or replace the one with its id.

        Args:
            program: With all its rules.

        Source: our choice.
        """
        with self._ledger.write() as work:
            programs.put(work, program)

    def add_customer(self, id: str, *, email: str) -> None:
        """Set a customer's e-mail address; without one it is ``<id>@example.test``.

        Args:
            id: ``cust_…``.
            email: The address.

        Raises:
            Refusal: An id or address that the service would refuse.

        Source: our choice.
        """
        customer = parse(control.PutCustomer, {"id": id, "email": email})
        with self._ledger.write() as work:
            customers.put(work, CustomerRow(customer.id, customer.email))

    def check(self) -> list[Finding]:
        """Every broken rule of the ledger, with the account that breaks it; empty if sound.

        Raises:
            ValueError: A damaged file.

        Source: our choice.
        """
        with self._ledger.read() as work:
            return check(work)

    def snapshot(self) -> bytes:
        """Everything as it is now: ledger, events, answers kept by idempotency key, time."""
        return self._ledger.snapshot()

    def restore(self, snapshot: bytes) -> None:
        """Make everything as it was when the snapshot was taken, here or in another sandbox.

        Fault plans and webhook endpoints stay as they are; deliveries that were not made yet are
        dropped.

        Args:
            snapshot: What ``snapshot()`` gave.

        Raises:
            ValueError: Bytes that are no snapshot.

        Source: our choice.
        """
        self._service.state.restore(snapshot)

    def reset(self) -> None:
        """Make everything as in a new sandbox that is made with the same options.

        Members, events, kept answers, fault plans and webhook endpoints are deleted, from a file
        too.
        """
        self._service.state.reset()

    def save(self, path: str | PathLike[str] | BinaryIO) -> int:
        """Write everything to a JSONL file, line by line; returns the number of lines.

        A file at the path is replaced when the new one is complete, so there is never half of one.

        Args:
            path: Where to, or a file that is open for bytes.

        Raises:
            ValueError: The sandbox's own database, which would be lost.
            OSError: A file that cannot be written.

        Source: our choice.
        """
        if isinstance(path, (str, PathLike)):
            self._service.store.refuse_to_replace(path)
        return jsonl.save(self._ledger, path)

    def load(self, path: str | PathLike[str] | BinaryIO) -> int:
        """Read a JSONL file, all of it or nothing; returns the number of lines that are not blank.

        It is one that ``save()`` wrote, for a sandbox without members; or has lines written by
        hand, such as ``{"member": {"customer": "cust_1", "points": 500}}`` and ``{"program":
        {…}}``. Events of members written by hand are delivered to webhook endpoints, saved events
        are not.

        Args:
            path: Where from, or a file that is open for bytes.

        Raises:
            ValueError: A line that cannot be read; it names the line.
            OSError: A file that cannot be read.

        Source: our choice.
        """
        loaded = jsonl.load(self._ledger, path)
        self._ledger.restore_clock()
        if loaded.saved:
            self.webhooks.restart_from_now()
        return loaded.lines

    @property
    def closed(self) -> bool:
        """Whether close() was called."""
        return self._service.store.closed

    def close(self) -> None:
        """Close the store; clients then get connection errors, and no more is delivered."""
        self.webhooks.stop_delivering()
        self._service.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

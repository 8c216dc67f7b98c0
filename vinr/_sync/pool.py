"""The connections of one client, shared by its views. Written by hand in both packages.

They are made at the first call, and httpx is not loaded before.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from ..errors import ConfigurationError
from ..transport.processes import forget_in_child, keep_for_ever
from ..transport.wire import CLOSED, FROM_ANOTHER_PROCESS, Fault

if TYPE_CHECKING:
    import httpx

    from ..config import Options
    from .direct import Direct
    from .engine import Engine
    from .exchange import Exchanges
    from .given import Given


class Pool:
    """Our own connections, or an httpx client of the caller's."""

    def __init__(self, http_client: httpx.Client | None, options: Options) -> None:
        self.given: Exchanges | None
        """In place of our own connections."""
        self.given = None if http_client is None else _checked(http_client, options)
        self._options = options
        self._fault: Fault | None = None
        self._direct: Direct | Engine | None = None
        self._lock = Lock()
        forget_in_child(self)

    def sender(self) -> Exchanges | Fault:
        """What to send with, or why there is nothing."""
        if self._fault is not None:
            return self._fault
        if self.given is not None:
            return CLOSED if self.given.is_closed else self.given
        return self._direct or self._make()

    def close(self) -> None:
        """Closes the connections; a client of the caller's own stays open."""
        with self._lock:
            self._fault = self._fault or CLOSED
        if self._direct is not None:
            self._direct.close()

    def after_fork(self) -> None:
        """In a child the connections are the parent's, and so may be the holder of the lock."""
        self._lock = Lock()
        keep_for_ever(self._direct)
        self._direct = None
        if self.given is not None and self._fault is None:
            self._fault = FROM_ANOTHER_PROCESS

    def _make(self) -> Direct | Engine:
        with self._lock:
            if self._direct is None:
                self._direct = _made(self._options)
            return self._direct


def _made(options: Options) -> Direct | Engine:
    """Loads httpx, or the engine."""
    if options.engine == "fast":
        from .engine import Engine  # noqa: PLC0415

        return Engine(options.base_url)
    from .direct import Direct  # noqa: PLC0415

    return Direct(options.base_url)


def _checked(http_client: httpx.Client, options: Options) -> Given:
    import httpx  # noqa: PLC0415  # the caller has loaded it

    from .given import Given  # noqa: PLC0415  # likewise

    if options.engine != "httpx":
        raise ConfigurationError("engine goes without http_client, which brings its own")
    kind: type[object] = type(http_client)
    if not issubclass(kind, httpx.Client):
        raise ConfigurationError(f"http_client must be an httpx.Client, not {kind.__name__}")
    if http_client.follow_redirects:
        raise ConfigurationError(
            "http_client follows redirects, which would carry the secret key to other hosts;"
            " make it with follow_redirects=False"
        )
    return Given(http_client)

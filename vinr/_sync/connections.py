# Generated from vinr/_async/connections.py; do not edit.
"""What one client sends over: its own connections, or an httpx client of the caller's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from .._protocol.messages import NoResponse, RawResponse, RetrySafety, Send
from .._transport.forks import start_anew_in_child
from ..errors import ConfigurationError
from ._concurrency import PerLoop

if TYPE_CHECKING:
    import httpx

    from .._config import HTTPClient, Options
    from .exchange import Exchange

_CLOSED: Final = NoResponse(RetrySafety.FINAL, "this client is closed; make a new one")
_CALLERS_CLOSED: Final = NoResponse(
    RetrySafety.FINAL, "http_client is closed, which is yours; make both clients anew"
)
_OF_ANOTHER_PROCESS: Final = NoResponse(
    RetrySafety.FINAL,
    "http_client was made before this process was forked, and its connections are the parent's;"
    " make a client in each process, nothing was sent",
)


class Connections:
    """Shared by a client and its views. httpx is not loaded before the first call."""

    def __init__(self, options: Options, http_client: HTTPClient | None) -> None:
        self.transport: httpx.BaseTransport | None = None
        """What answers in place of the network: the sandbox's."""
        self._options = options
        self._host = urlsplit(options.base_url).netloc
        self._of_caller = None if http_client is None else self._checked(http_client)
        self._own = PerLoop(self._make, _close)
        self._refusal: NoResponse | None = None
        start_anew_in_child(self)

    @property
    def are_callers(self) -> bool:
        """Whether they are those of an httpx client of the caller's."""
        return self._of_caller is not None

    def exchange(self, send: Send) -> RawResponse | NoResponse:
        """Sends once and reads the whole response."""
        if self._refusal is not None:
            return self._refusal
        if self._of_caller is None:
            own = self._own.value or self._own.make()
            return own.exchange(send)
        if self._of_caller.is_closed:
            return _CALLERS_CLOSED
        return self._of_caller.exchange(send)

    def close_connection(self, connection: object) -> None:
        """Closes one that brought no response to what was asked."""
        over = self._of_caller or self._own.value or self._own.make()
        over.close_connection(connection)

    def close(self) -> None:
        """Closes those of this event loop; a client of the caller's own stays open."""
        self._refusal = self._refusal or _CLOSED
        self._own.close()

    def after_fork(self) -> None:
        """In a child they are the parent's."""
        self._own.leave_to_parent()
        if self._of_caller is not None and self._refusal is None:
            self._refusal = _OF_ANOTHER_PROCESS

    def _make(self) -> Exchange:
        if self._options.engine == "fast" and self.transport is None:
            from .fast_exchange import FastExchange  # noqa: PLC0415  # needs its extra

            return FastExchange(self._options.base_url, self._host)
        from .default_transport import PlainHTTPXClient, plain_httpx_client  # noqa: PLC0415
        from .exchange import HTTPXExchange  # noqa: PLC0415  # loads httpx

        if self.transport is not None:
            return HTTPXExchange(PlainHTTPXClient(self.transport), self._host)
        return HTTPXExchange(plain_httpx_client(self._options.base_url), self._host)

    def _checked(self, http_client: HTTPClient) -> Exchange:
        from .exchange import CallersExchange  # noqa: PLC0415  # the caller has loaded httpx

        if self._options.engine != "httpx":
            raise ConfigurationError("engine goes without http_client, which brings its own")
        kinds = {
            f"{kind.__module__.partition('.')[0]}.{kind.__name__}"
            for kind in type(http_client).__mro__
        }
        if kinds.isdisjoint({"httpx.Client", "httpx2.Client"}):
            raise ConfigurationError(
                "http_client must be an httpx.Client (or one of httpx2), not"
                f" {type(http_client).__module__}.{type(http_client).__name__}"
            )
        if http_client.follow_redirects:
            raise ConfigurationError(
                "http_client follows redirects, which would carry the secret key to other hosts;"
                " make it with follow_redirects=False"
            )
        return CallersExchange(http_client, self._host, self._options.base_url)


def _close(exchange: Exchange) -> None:
    exchange.close()

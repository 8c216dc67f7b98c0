"""What one client sends over: its own connections, or an httpx client of the caller's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from .._protocol.messages import NoResponse, RawResponse, RetrySafety, Send
from .._transport.forks import start_anew_in_child
from ..errors import ConfigurationError
from ._concurrency import AsyncPerLoop

if TYPE_CHECKING:
    import httpx

    from .._config import AsyncHTTPClient, Options
    from .exchange import AsyncExchange

_CLOSED: Final = NoResponse(RetrySafety.FINAL, "this client is closed; make a new one")
_CALLERS_CLOSED: Final = NoResponse(
    RetrySafety.FINAL, "http_client is closed, which is yours; make both clients anew"
)
_OF_ANOTHER_PROCESS: Final = NoResponse(
    RetrySafety.FINAL,
    "http_client was made before this process was forked, and its connections are the parent's;"
    " make a client in each process, nothing was sent",
)


class AsyncConnections:
    """Shared by a client and its views. httpx is not loaded before the first call."""

    def __init__(self, options: Options, http_client: AsyncHTTPClient | None) -> None:
        self.transport: httpx.AsyncBaseTransport | None = None
        """What answers in place of the network: the sandbox's."""
        self._options = options
        self._host = urlsplit(options.base_url).netloc
        self._of_caller = None if http_client is None else self._checked(http_client)
        self._own = AsyncPerLoop(self._make, _close)
        self._refusal: NoResponse | None = None
        start_anew_in_child(self)

    @property
    def are_callers(self) -> bool:
        """Whether they are those of an httpx client of the caller's."""
        return self._of_caller is not None

    async def exchange(self, send: Send) -> RawResponse | NoResponse:
        """Sends once and reads the whole response."""
        if self._refusal is not None:
            return self._refusal
        if self._of_caller is None:
            own = self._own.value or await self._own.make()
            return await own.exchange(send)
        if self._of_caller.is_closed:
            return _CALLERS_CLOSED
        return await self._of_caller.exchange(send)

    async def close_connection(self, connection: object) -> None:
        """Closes one that brought no response to what was asked."""
        over = self._of_caller or self._own.value or await self._own.make()
        await over.close_connection(connection)

    async def close(self) -> None:
        """Closes those of this event loop; a client of the caller's own stays open."""
        self._refusal = self._refusal or _CLOSED
        await self._own.close()

    def after_fork(self) -> None:
        """In a child they are the parent's."""
        self._own.leave_to_parent()
        if self._of_caller is not None and self._refusal is None:
            self._refusal = _OF_ANOTHER_PROCESS

    def _make(self) -> AsyncExchange:
        if self._options.engine == "fast" and self.transport is None:
            from .fast_exchange import AsyncFastExchange  # noqa: PLC0415  # needs its extra

            return AsyncFastExchange(self._options.base_url, self._host)
        from .default_transport import AsyncPlainHTTPXClient, plain_httpx_client  # noqa: PLC0415
        from .exchange import AsyncHTTPXExchange  # noqa: PLC0415  # loads httpx

        if self.transport is not None:
            return AsyncHTTPXExchange(AsyncPlainHTTPXClient(self.transport), self._host)
        return AsyncHTTPXExchange(plain_httpx_client(self._options.base_url), self._host)

    def _checked(self, http_client: AsyncHTTPClient) -> AsyncExchange:
        from .exchange import AsyncCallersExchange  # noqa: PLC0415  # the caller has loaded httpx

        if self._options.engine != "httpx":
            raise ConfigurationError("engine goes without http_client, which brings its own")
        kinds = {
            f"{kind.__module__.partition('.')[0]}.{kind.__name__}"
            for kind in type(http_client).__mro__
        }
        if kinds.isdisjoint({"httpx.AsyncClient", "httpx2.AsyncClient"}):
            raise ConfigurationError(
                "http_client must be an httpx.AsyncClient (or one of httpx2), not"
                f" {type(http_client).__module__}.{type(http_client).__name__}"
            )
        if http_client.follow_redirects:
            raise ConfigurationError(
                "http_client follows redirects, which would carry the secret key to other hosts;"
                " make it with follow_redirects=False"
            )
        return AsyncCallersExchange(http_client, self._host, self._options.base_url)


async def _close(exchange: AsyncExchange) -> None:
    await exchange.aclose()

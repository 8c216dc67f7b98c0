# Generated from vinr/_async/direct.py by scripts/generate_sync.py. Do not edit.
"""The way of our own requests: straight to the connections below httpx's transport."""

from __future__ import annotations

from collections.abc import Mapping

import httpcore
import httpx

from ..errors import ConfigurationError
from ..transport.outgoing import Host, Outgoing
from ..transport.proxies import proxy_to
from ..transport.stack import LONGEST_IDLE
from ..transport.tls import tls_context
from ..transport.wire import WireRequest
from .backend import watch_transport
from .connections import MOST, Connections
from .exchange import Answer, Sender


class Direct(Sender):
    """Made at the first call, for the one host that a client talks to.

    What an httpx client adds is for other uses: cookies, redirects, URLs put together of parts.
    Proxies and certificates of the environment count here as they do there.
    """

    def __init__(self, base_url: str) -> None:
        self.is_closed = False
        self._host = Host(base_url)
        self._connections = Connections(_pool(base_url))

    def send(self, request: WireRequest, limits: Mapping[str, float]) -> Answer:
        """Past everything that is not ours."""
        return self._connections.answer(Outgoing(request, self._host, limits))

    def close(self) -> None:
        """Lets the connections go."""
        self.is_closed = True
        self._connections.close()


def _pool(base_url: str) -> httpcore.ConnectionPool:
    """What httpx's own transport makes its connections with, its proxies and TLS among it."""
    try:
        transport = httpx.HTTPTransport(
            verify=tls_context(base_url),
            proxy=proxy_to(base_url),
            limits=httpx.Limits(max_connections=MOST, keepalive_expiry=LONGEST_IDLE),
        )
    except ImportError:
        raise ConfigurationError(
            "the environment has a SOCKS proxy, which httpx needs a package for:"
            " pip install 'httpx[socks]'; nothing was sent"
        ) from None
    watch_transport(transport, holds=True, tls=base_url.startswith("https:"))
    pool: object = getattr(transport, "_pool", None)
    if not isinstance(pool, httpcore.ConnectionPool):
        raise TypeError(f"httpx {httpx.__version__} has no connection pool of httpcore's")
    return pool

"""What the environment says of connections: proxies and certificates, the same for both engines."""

from __future__ import annotations

import ipaddress
import os
import ssl
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from .._hosts import is_loopback, split_url
from ..errors import ConfigurationError


class Route(NamedTuple):
    """The way to a host."""

    over_tls: bool
    """Requests go over TLS alone, so what comes before it is the talk with a proxy."""
    proxy: str | None
    """Its URL."""

    @property
    def over_http_proxy(self) -> bool:
        """Whether there is a proxy that answers as HTTP does, unlike one of SOCKS."""
        return self.proxy is not None and self.proxy.startswith("http")

    def __repr__(self) -> str:
        return "<route to a host>"  # the proxy's URL may hold a password


_PROXY_SCHEMES: Final = ("http", "https", "socks5", "socks5h")


def route_to(base_url: str) -> Route:
    """The way to a host, by ``HTTPS_PROXY``, ``ALL_PROXY`` and ``NO_PROXY``.

    This machine itself is never reached over a proxy. Raises ConfigurationError where the proxy is
    none; its text may hold a password, so it is not shown.
    """
    return Route(base_url.startswith("https:"), _proxy_for(base_url))


def _proxy_for(base_url: str) -> str | None:
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    if is_loopback(host) or proxy_bypass(parts.netloc) or _is_in_bypassed_network(host):
        return None
    proxies = getproxies()
    url = proxies.get(parts.scheme) or proxies.get("all")
    if not url:
        return None
    url = url if "://" in url else f"http://{url}"
    proxy = split_url(url)
    if proxy is None or proxy.scheme not in _PROXY_SCHEMES:
        raise ConfigurationError(
            f"the environment has a proxy for {parts.scheme} ({parts.scheme.upper()}_PROXY or"
            " ALL_PROXY) that is no URL such as http://host:port or socks5://host:port;"
            " nothing was sent"
        )
    return url


def tls_context(base_url: str) -> ssl.SSLContext:
    """Verifies by ``SSL_CERT_FILE``, else by ``SSL_CERT_DIR``, else by certifi.

    Made once a process, since it takes long, and anew where those have changed. Raises
    ConfigurationError where they hold no certificates.
    """
    if not base_url.startswith("https:"):
        return _without_certificates(ssl.SSLContext)
    file, folder = certificates()
    path = file or folder
    try:
        # a mock may stand in for the class, as mocket's does
        return _verifying(file, folder, _version_of(path), ssl.SSLContext)
    except OSError as error:  # ssl's errors are among them
        reason = error.strerror or type(error).__name__
        name = "SSL_CERT_FILE" if file else "SSL_CERT_DIR"
        raise ConfigurationError(
            f"{name}={path!r} cannot be used as certificates: {reason}; nothing was sent"
        ) from None


def certificates() -> tuple[str | None, str | None]:
    """The file of certificates that the environment names, or the folder; the file wins."""
    file = os.environ.get("SSL_CERT_FILE") or None
    return file, None if file else os.environ.get("SSL_CERT_DIR") or None


def _is_in_bypassed_network(host: str) -> bool:
    """Whether ``NO_PROXY`` names this address, or a network with it such as 10.0.0.0/8."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    for entry in getproxies().get("no", "").split(","):
        try:
            if address in ipaddress.ip_network(entry.strip().strip("[]"), strict=False):
                return True
        except ValueError:
            continue
    return False


def _version_of(path: str | None) -> tuple[int, int, int] | None:
    if path is None:
        return None
    state = Path(path).stat()
    return state.st_mtime_ns, state.st_size, state.st_ino


@lru_cache(maxsize=4)
def _verifying(
    file: str | None,
    folder: str | None,
    _version: tuple[int, int, int] | None,
    _kind: type[ssl.SSLContext],
) -> ssl.SSLContext:
    import httpx  # noqa: PLC0415  # the fast engine comes here only where the environment names one

    if file is None and folder is None:
        return httpx.create_ssl_context()
    return ssl.create_default_context(cafile=file, capath=folder)


@lru_cache(maxsize=2)
def _without_certificates(kind: type[ssl.SSLContext]) -> ssl.SSLContext:
    """For plain HTTP: httpx wants a context, and loading certificates takes long."""
    return kind(ssl.PROTOCOL_TLS_CLIENT)

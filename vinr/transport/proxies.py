"""The proxy that the environment puts before a host."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from ..errors import ConfigurationError
from ..hosts import split_url

_SCHEMES: Final = ("http", "https", "socks5", "socks5h")


def proxy_to(base_url: str) -> str | None:
    """Its URL, from ``HTTPS_PROXY``, ``ALL_PROXY`` and so on; None for the direct way.

    Raises ConfigurationError where that is no proxy; its text may hold a password, so it is
    not shown.
    """
    parts = urlsplit(base_url)
    if proxy_bypass(parts.netloc):
        return None
    proxies = getproxies()
    url = proxies.get(parts.scheme) or proxies.get("all")
    if not url:
        return None
    url = url if "://" in url else f"http://{url}"
    proxy = split_url(url)
    if proxy is None or proxy.scheme not in _SCHEMES:
        raise ConfigurationError(
            f"the environment has a proxy for {parts.scheme} ({parts.scheme.upper()}_PROXY or"
            " ALL_PROXY) that is no URL such as http://host:port or socks5://host:port;"
            " nothing was sent"
        )
    return url

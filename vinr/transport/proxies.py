"""The proxy that the environment puts before a host."""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass


def proxy_to(base_url: str) -> str | None:
    """Its URL, from ``HTTPS_PROXY``, ``ALL_PROXY`` and so on; None for the direct way."""
    parts = urlsplit(base_url)
    if proxy_bypass(parts.netloc):
        return None
    proxies = getproxies()
    url = proxies.get(parts.scheme) or proxies.get("all")
    return url if not url or "://" in url else f"http://{url}"

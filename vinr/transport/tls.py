"""The TLS context: made once a process at the first https call, since it takes long to make."""

from __future__ import annotations

import os
import ssl
from functools import lru_cache

import httpx


def tls_context(base_url: str) -> ssl.SSLContext:
    """Verifies by certifi, or by SSL_CERT_FILE and SSL_CERT_DIR where they are set."""
    if not base_url.startswith("https:"):
        return _trusting_nobody()
    return _context(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))


@lru_cache(maxsize=4)
def _context(_file: str | None, _folder: str | None) -> ssl.SSLContext:
    return httpx.create_ssl_context()  # which reads those two itself


@lru_cache(maxsize=1)
def _trusting_nobody() -> ssl.SSLContext:
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

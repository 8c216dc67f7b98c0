"""The TLS context: made once a process at the first https call, since it takes long to make."""

from __future__ import annotations

import os
import ssl
from functools import lru_cache

from ..errors import ConfigurationError


def tls_context(base_url: str) -> ssl.SSLContext:
    """Verifies by certifi, or by SSL_CERT_FILE and SSL_CERT_DIR where they are set.

    Raises ConfigurationError where those hold no certificates.
    """
    if not base_url.startswith("https:"):
        return _trusting_nobody()
    file = os.environ.get("SSL_CERT_FILE")
    try:
        return _context(file, os.environ.get("SSL_CERT_DIR"))
    except OSError as error:  # ssl's errors are among them
        reason = error.strerror or type(error).__name__
        raise ConfigurationError(
            f"SSL_CERT_FILE={file!r} cannot be used as certificates: {reason}; nothing was sent"
        ) from None


@lru_cache(maxsize=4)
def _context(_file: str | None, _folder: str | None) -> ssl.SSLContext:
    import httpx  # noqa: PLC0415  # the fast engine comes here only where those two are set

    return httpx.create_ssl_context()  # which reads them itself


@lru_cache(maxsize=1)
def _trusting_nobody() -> ssl.SSLContext:
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

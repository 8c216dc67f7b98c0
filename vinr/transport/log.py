"""One line per attempt on the logger ``vinr``: never a key, a header or a body."""

from __future__ import annotations

import logging
import os
from typing import Final

from ..config import Secret
from .redact import redacted
from .wire import Fault, Reply, WireRequest

logger: Final = logging.getLogger("vinr")


def log_attempt(
    operation: str, request: WireRequest, attempt: int, end: Reply | Fault, secret: Secret
) -> None:
    """What one attempt came to, at level DEBUG."""
    if not logger.isEnabledFor(logging.DEBUG):
        return
    method, key = request.method, request.idempotency_key
    if isinstance(end, Fault):
        logger.debug("%s (%s) attempt %d: %s, key %s", operation, method, attempt, end.summary, key)
        return
    request_id = redacted(end.headers.get("x-vinr-request-id", "unknown"), secret)
    logger.debug(
        "%s (%s) attempt %d: status %d, request %s, key %s",
        *(operation, method, attempt, end.status, request_id, key),
    )


def log_callback_error(error: Exception) -> None:
    """``on_retry`` raised; the call goes on."""
    logger.warning("on_retry raised %s, which was ignored", type(error).__name__)


def log_as_asked() -> None:
    """``VINR_LOG=debug`` shows the log on standard error."""
    if os.environ.get("VINR_LOG", "").lower() == "debug" and not logger.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(message)s"))
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)

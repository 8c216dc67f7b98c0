"""One line per attempt on the logger ``vinr``: never a key, a header or a body."""

from __future__ import annotations

import logging
from typing import Final

from .._secret import Secret
from .messages import NoResponse, RawRequest, RawResponse

logger: Final = logging.getLogger("vinr")


def log_attempt(
    operation: str,
    request: RawRequest,
    attempt: int,
    received: RawResponse | NoResponse,
    secret: Secret,
) -> None:
    """What one attempt came to, at level DEBUG."""
    method, key = request.method, request.idempotency_key
    if isinstance(received, NoResponse):
        line = "%s (%s) attempt %d: %s, key %s"
        logger.debug(line, operation, method, attempt, received.summary, key)
        return
    request_id = secret.removed_from(received.headers.get("x-vinr-request-id", "unknown"))
    line = "%s (%s) attempt %d: status %d, request %s, key %s"
    logger.debug(line, operation, method, attempt, received.status, request_id, key)


def log_callback_error(error: Exception) -> None:
    """``on_retry`` raised; the call goes on."""
    logger.warning("on_retry raised %s, which was ignored", type(error).__name__)


def log_to_standard_error() -> None:
    """What ``VINR_LOG=debug`` asks for."""
    if not logger.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(message)s"))
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)

"""One line per attempt on the logger ``vinr``: never a key, a header or a body."""

from __future__ import annotations

import logging
from typing import Final

from .._middleware import Attempt, AttemptOutcome, Middleware
from .._secret import Secret

logger: Final = logging.getLogger("vinr")


class AttemptLog(Middleware):
    """Writes what each attempt came to, at level DEBUG."""

    def __init__(self, secret: Secret) -> None:
        self._secret = secret

    def on_attempt_end(self, attempt: Attempt, outcome: AttemptOutcome) -> None:
        call, response = attempt.call, outcome.response
        if response is None:
            what = str(outcome.error).removeprefix(f"{call.operation}: ")
        else:
            request_id = self._secret.removed_from(response.request_id or "unknown")
            what = f"status {response.status}, request {request_id}"
        line = "%s (%s) attempt %d: %s, key %s"
        logger.debug(line, call.operation, call.method, attempt.number, what, call.idempotency_key)


def log_fault(observer: object, hook: object, fault: Exception) -> None:
    """Somebody who watches a call raised; the call goes on."""
    name, method = type(observer).__name__, getattr(hook, "__name__", "a hook")
    logger.warning("%s.%s raised %s, which was ignored", name, method, type(fault).__name__)


def log_to_standard_error() -> None:
    """What ``VINR_LOG=debug`` asks for."""
    if not logger.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(message)s"))
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)

"""What the caller does next, said at the end of an error's message."""

from __future__ import annotations

from typing import Any

from .._calls.call import Call
from ..errors import APIStatusError, VinrError


def with_advice(error: VinrError, call: Call[Any], *, unanswered: int) -> VinrError:
    """The error of a call that is over: how to settle its outcome, or what a kept answer is.

    ``unanswered``: attempts that VINR may have executed. After one, a kept answer is the answer
    to this very call.
    """
    key, advice = f"idempotency_key={error.idempotency_key!r}", ""
    if error.outcome_unknown:
        how = "as it is" if call.repeated_as_it_is else f"with {key}"
        advice = (
            f"; VINR may have executed it: repeat the call {how} to learn the outcome,"
            " nothing will happen twice"
        )
    elif error.replayed and isinstance(error, APIStatusError) and not unanswered:
        advice = (
            f"; this is the answer that VINR kept from the first request with {key}, and things"
            " may have changed since: to try anew, pass another key"
        )
    if isinstance(error, APIStatusError) and error.doc_url:
        advice += f"; see {error.doc_url}"
    if advice:
        error.message += advice
        error.args = (error.message,)
    return error

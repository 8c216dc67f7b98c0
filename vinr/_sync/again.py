# Generated from vinr/_async/again.py by scripts/generate_sync.py. Do not edit.
"""Further attempts, driven by tenacity, which is loaded when a first attempt has failed."""

from __future__ import annotations

from collections.abc import Callable

from tenacity import Retrying

from ..calls.call import ResultT
from ..transport.attempts import Attempts
from ..transport.decode import Failure
from ..transport.policy import Policy
from .pause import pause


def again(
    attempts: Attempts[ResultT],
    first: Failure,
    attempt: Callable[[Attempts[ResultT]], ResultT | Failure],
) -> ResultT | Failure:
    """What the call comes to after its first attempt failed."""
    policy = Policy(attempts)
    made = [first]

    def next_one() -> ResultT | Failure:
        return made.pop() if made else attempt(attempts)

    return Retrying(sleep=pause, retry=policy.retry, wait=policy.wait)(next_one)

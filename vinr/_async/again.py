"""Further attempts, driven by tenacity, which is loaded when a first attempt has failed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from tenacity import AsyncRetrying

from ..calls.call import ResultT
from ..transport.attempts import Attempts
from ..transport.decode import Failure
from ..transport.policy import Policy
from .pause import pause


async def again(
    attempts: Attempts[ResultT],
    first: Failure,
    attempt: Callable[[Attempts[ResultT]], Awaitable[ResultT | Failure]],
) -> ResultT | Failure:
    """What the call comes to after its first attempt failed."""
    policy = Policy(attempts)
    made = [first]

    async def next_one() -> ResultT | Failure:
        return made.pop() if made else await attempt(attempts)

    return await AsyncRetrying(sleep=pause, retry=policy.retry, wait=policy.wait)(next_one)

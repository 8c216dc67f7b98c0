"""Sends a call: one attempt, and more of them where the policy says so."""

from __future__ import annotations

import time

from ..calls.call import Call, ResultT
from ..config import Options
from ..transport.attempts import Attempts, raised
from ..transport.decode import Failure
from ..transport.encode import Encoder
from ..transport.traffic import Traffic
from ..transport.wire import NO_TIME_LEFT, Fault, Reply
from .pause import pause
from .pool import AsyncPool


class AsyncDriver:
    """What the resources of one client send with."""

    def __init__(self, options: Options, pool: AsyncPool, traffic: Traffic) -> None:
        self.options = options
        self.pool = pool
        self.traffic = traffic
        self._encoder = Encoder(options)
        self._started: float | None = None

    def with_options(self, options: Options) -> AsyncDriver:
        """The same connections, retry budget and rate limits under other options."""
        return AsyncDriver(options, self.pool, self.traffic)

    def for_one_call(self) -> AsyncDriver:
        """For a call of several requests, whose deadline counts from now on over all of them."""
        driver = AsyncDriver(self.options, self.pool, self.traffic)
        driver._started = time.monotonic()
        return driver

    async def send(self, call: Call[ResultT]) -> ResultT:
        """The model that VINR answers with; a VinrError for anything else."""
        attempts = self._attempts(call, self._started)
        outcome = await self._attempt(attempts)
        if isinstance(outcome, Failure):
            return await self._after(outcome, attempts)
        return outcome

    async def _after(self, failure: Failure, attempts: Attempts[ResultT]) -> ResultT:
        """What the call comes to whose first attempt failed."""
        outcome = await self._again(failure, attempts)
        if isinstance(outcome, Failure):
            question = attempts.question(outcome)
            if question is not None:
                asking = self._attempts(question, attempts.started)
                answer = await self._attempt(asking)
                if isinstance(answer, Failure):
                    answer = await self._again(answer, asking)
                outcome = attempts.settle(outcome, answer)
        if isinstance(outcome, Failure):
            raise raised(outcome)
        return outcome

    async def _again(self, failure: Failure, attempts: Attempts[ResultT]) -> ResultT | Failure:
        from .again import again  # noqa: PLC0415  # a call that succeeds pays nothing for it

        return await again(attempts, failure, self._attempt)

    def _attempts(self, call: Call[ResultT], started: float | None) -> Attempts[ResultT]:
        return Attempts(call, self._encoder.encode(call), self.options, self.traffic, started)

    async def _attempt(self, attempts: Attempts[ResultT]) -> ResultT | Failure:
        try:
            while (seconds := attempts.queue()) > 0:
                await pause(seconds)
            end = await self._exchange(attempts)
        finally:
            attempts.leave()
        return attempts.judge(end)

    async def _exchange(self, attempts: Attempts[ResultT]) -> Reply | Fault:
        sender = await self.pool.sender()
        if isinstance(sender, Fault):
            return sender
        limits = attempts.limits()
        if limits is None:
            return NO_TIME_LEFT
        return await sender.exchange(attempts.request, limits)

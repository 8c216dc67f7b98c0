# Generated from vinr/_async/driver.py by scripts/generate_sync.py. Do not edit.
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
from .pool import Pool


class Driver:
    """What the resources of one client send with."""

    def __init__(self, options: Options, pool: Pool, traffic: Traffic) -> None:
        self.options = options
        self.pool = pool
        self.traffic = traffic
        self._encoder = Encoder(options)
        self._started: float | None = None

    def with_options(self, options: Options) -> Driver:
        """The same connections, retry budget and rate limits under other options."""
        return Driver(options, self.pool, self.traffic)

    def for_one_call(self) -> Driver:
        """For a call of several requests, whose deadline counts from now on over all of them."""
        driver = Driver(self.options, self.pool, self.traffic)
        driver._started = time.monotonic()
        return driver

    def send(self, call: Call[ResultT]) -> ResultT:
        """The model that VINR answers with; a VinrError for anything else."""
        attempts = self._attempts(call, self._started)
        outcome = self._attempt(attempts)
        if isinstance(outcome, Failure):
            return self._after(outcome, attempts)
        return outcome

    def _after(self, failure: Failure, attempts: Attempts[ResultT]) -> ResultT:
        """What the call comes to whose first attempt failed."""
        outcome = self._again(failure, attempts)
        if isinstance(outcome, Failure):
            question = attempts.question(outcome)
            if question is not None:
                asking = self._attempts(question, attempts.started)
                answer = self._attempt(asking)
                if isinstance(answer, Failure):
                    answer = self._again(answer, asking)
                outcome = attempts.settle(outcome, answer)
        if isinstance(outcome, Failure):
            raise raised(outcome)
        return outcome

    def _again(self, failure: Failure, attempts: Attempts[ResultT]) -> ResultT | Failure:
        from .again import again  # noqa: PLC0415  # a call that succeeds pays nothing for it

        return again(attempts, failure, self._attempt)

    def _attempts(self, call: Call[ResultT], started: float | None) -> Attempts[ResultT]:
        return Attempts(call, self._encoder.encode(call), self.options, self.traffic, started)

    def _attempt(self, attempts: Attempts[ResultT]) -> ResultT | Failure:
        try:
            while (seconds := attempts.queue()) > 0:
                pause(seconds)
            end = self._exchange(attempts)
        finally:
            attempts.leave()
        return attempts.judge(end)

    def _exchange(self, attempts: Attempts[ResultT]) -> Reply | Fault:
        sender = self.pool.sender()
        if isinstance(sender, Fault):
            return sender
        limits = attempts.limits()
        if limits is None:
            return NO_TIME_LEFT
        return sender.exchange(attempts.request, limits)

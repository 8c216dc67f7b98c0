# Generated from vinr/_async/driver.py; do not edit.
"""Does the I/O of calls: sends, sleeps and closes what the state machine asks for."""

from __future__ import annotations

import logging
import time

from .._calls.call import Call, Plan, ResultT, T
from .._config import Options
from .._protocol.attempts import CallAttempts
from .._protocol.call_context import CallContext, SharedLimits
from .._protocol.log import logger
from .._protocol.messages import Received, Send, Sleep
from .._protocol.observed import ObservedAttempts
from ..errors import VinrError
from ._concurrency import sleep
from .connections import Connections


class Driver:
    """What the resources of one client send with."""

    def __init__(self, options: Options, connections: Connections, limits: SharedLimits) -> None:
        self.options = options
        self.connections = connections
        self.limits = limits
        self._context = CallContext(options, limits)

    def with_options(self, options: Options) -> Driver:
        """The same connections, retry budget and rate limits under other options."""
        return Driver(options, self.connections, self.limits)

    def send(self, call: Call[ResultT], started: float | None = None) -> ResultT:
        """The model that VINR answers with; raises a VinrError for anything else."""
        # unless somebody observes the call, nothing is paid for that
        observed = self._context.middleware or logger.isEnabledFor(logging.DEBUG)
        attempts = (
            ObservedAttempts(call, self._context, started)
            if observed
            else CallAttempts(call, self._context, started)
        )
        steps = attempts.run()
        received: Received = None
        try:
            while True:
                step = steps.send(received)
                received = None
                if isinstance(step, Send):
                    received = self.connections.exchange(step)
                elif isinstance(step, Sleep):
                    sleep(step.seconds)
                else:
                    self.connections.close_connection(step.connection)
        except StopIteration as done:
            result: ResultT = done.value
            return result
        finally:
            steps.close()

    def run(self, plan: Plan[T]) -> T:
        """What several calls in a row come to; the deadline counts over all of them."""
        started = time.monotonic()
        try:
            call = next(plan)
            while True:
                try:
                    result = self.send(call, started)
                except VinrError as error:
                    call = plan.throw(error)
                else:
                    call = plan.send(result)
        except StopIteration as done:
            outcome: T = done.value
            return outcome

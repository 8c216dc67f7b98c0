# Generated from vinr/_async/driver.py by scripts/generate_sync.py. Do not edit.
"""Sends a call: one attempt, and more of them where the policy says so."""

from __future__ import annotations

from tenacity import Retrying

from ..calls.call import Call, ResultT
from ..config import Options
from ..transport.attempts import Attempts, raised
from ..transport.decode import Failure
from ..transport.encode import Encoder
from ..transport.policy import Policy
from ..transport.retry import RetryBudget
from .exchange import exchange
from .pause import pause
from .pool import Pool


class Driver:
    """What the resources of one client send with."""

    def __init__(self, options: Options, pool: Pool, budget: RetryBudget) -> None:
        self.options = options
        self.pool = pool
        self.budget = budget
        self._encoder = Encoder(options)

    def with_options(self, options: Options) -> Driver:
        """The same connections and retry budget under other options."""
        return Driver(options, self.pool, self.budget)

    def send(self, call: Call[ResultT]) -> ResultT:
        """The model that VINR answers with; a VinrError for anything else."""
        attempts = Attempts(call, self._encoder.encode(call), self.options, self.budget)
        outcome = self._attempt(attempts)
        if isinstance(outcome, Failure):
            outcome = self._again(attempts, outcome)
        if isinstance(outcome, Failure):
            raise raised(outcome)
        return outcome

    def _attempt(self, attempts: Attempts[ResultT]) -> ResultT | Failure:
        client = self.pool.client()
        return attempts.judge(exchange(client, attempts.request, attempts.timeout()))

    def _again(self, attempts: Attempts[ResultT], first: Failure) -> ResultT | Failure:
        """Lets tenacity drive from the second attempt on: a call that succeeds pays nothing."""
        policy = Policy(attempts)
        made = [first]

        def attempt() -> ResultT | Failure:
            return made.pop() if made else self._attempt(attempts)

        return Retrying(sleep=pause, retry=policy.retry, wait=policy.wait)(attempt)

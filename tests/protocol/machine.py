"""Drives the state machine of a call by hand: no network, no clock, no waiting."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vinr import VinrError
from vinr._calls.call import Call
from vinr._config import Options
from vinr._models.model import Model
from vinr._protocol.attempts import CallAttempts
from vinr._protocol.call_context import CallContext, SharedLimits
from vinr._protocol.messages import (
    CloseConnection,
    NoResponse,
    RawRequest,
    RawResponse,
    RetrySafety,
    Send,
    Sleep,
)
from vinr._protocol.observed import ObservedAttempts
from vinr._secret import Secret

OPTIONS = Options(secret_key=Secret("sk_test_machine"), base_url="https://vinr.test/v1")

LOST = NoResponse(RetrySafety.AMBIGUOUS, "the connection broke")
NOT_SENT = NoResponse(RetrySafety.NOT_SENT, "could not connect")


def response(status: int, content: object, **headers: str) -> RawResponse:
    named = {name.replace("_", "-").lower(): value for name, value in headers.items()}
    return RawResponse(status, named, json.dumps(content).encode())


def refusal(status: int, code: str, message: str = "no", **headers: str) -> RawResponse:
    return response(status, {"error": {"code": code, "message": message}}, **headers)


@dataclass
class Run:
    """What a call did, and what it came to."""

    requests: list[RawRequest] = field(default_factory=list[RawRequest])
    timeouts: list[Mapping[str, float]] = field(default_factory=list[Mapping[str, float]])
    lasting: list[float] = field(default_factory=list[float])
    """Seconds that each attempt may last."""
    sleeps: list[float] = field(default_factory=list[float])
    closed: int = 0
    result: Any = None
    error: VinrError | None = None


def run(
    call: Call[Model],
    answers: Sequence[RawResponse | NoResponse],
    options: Options = OPTIONS,
    limits: SharedLimits | None = None,
) -> Run:
    """Gives these answers one after the other; IndexError where it asks for more."""
    done, coming = Run(), list(answers)
    context = CallContext(options, limits or SharedLimits())
    attempts = ObservedAttempts(call, context) if options.on_retry else CallAttempts(call, context)
    steps = attempts.run()
    received: RawResponse | NoResponse | None = None
    try:
        while True:
            step = steps.send(received)
            received = None
            match step:
                case Send():
                    done.requests.append(step.request)
                    done.timeouts.append(step.timeouts)
                    done.lasting.append(step.ends - time.monotonic())
                    received = coming.pop(0)
                case Sleep():
                    done.sleeps.append(step.seconds)
                case CloseConnection():
                    done.closed += 1
    except StopIteration as stopped:
        done.result = stopped.value
    except VinrError as error:
        done.error = error
    assert coming == []
    return done

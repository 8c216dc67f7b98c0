"""Interleaved rounds: every library does a little in turn, so that all meet the same weather."""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from typing import Final

from .answers import PAGE
from .crew import Crew, Worker
from .measures import Measure
from .results import Sample, Samples
from .worker import Order

ROUND: Final = 0.2
"""Seconds that one library works in one round."""
FIRST: Final = 128
"""About how many calls tell how many fill a round."""


def measured(crew: Crew, measures: Sequence[Measure]) -> dict[str, Samples]:
    """By measure and library: a sample of every round."""
    return {measure.name: _measure(crew, measure) for measure in measures}


def _measure(crew: Crew, measure: Measure) -> Samples:
    print(f"measuring: {measure.title}", file=sys.stderr)
    workers = [worker for worker in crew.workers if measure.fits(worker.library)]
    orders = {worker.library.name: _order(crew, worker, measure) for worker in workers}
    samples: Samples = {name: [] for name in orders}
    for _ in range(measure.rounds):
        for worker in random.sample(workers, len(workers)):
            name = worker.library.name
            samples[name].append(_sample(worker, orders[name]))
    return samples


def _order(crew: Crew, worker: Worker, measure: Measure) -> Order:
    order = Order(
        work=measure.work,
        origin=crew.origin(measure.delay, measure.items),
        count=measure.items or max(FIRST // measure.in_flight, 2) * measure.in_flight,
        in_flight=measure.in_flight,
        options=measure.options,
        pause=measure.pause,
    )
    if measure.items:
        worker.do({**order, "count": PAGE})
    else:
        worker.do(order)
        each = _sample(worker, order).seconds
        share = max(round(ROUND / each / measure.in_flight), 2)
        order["count"] = share * measure.in_flight
    return order


def _sample(worker: Worker, order: Order) -> Sample:
    done = worker.do(order)
    if done["count"] != order["count"]:
        raise RuntimeError(f"{worker.library.name} did {done['count']} of {order['count']}")
    return Sample(done["seconds"] / done["count"], done["processor"] / done["count"])

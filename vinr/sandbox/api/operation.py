"""What an operation is: a path, the parameters it takes, and the function that answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pydantic import BaseModel

from ..controls import Controls
from ..ledger.work import UnitOfWork
from ..refusal import Refusal
from .dialects import GUIDE, Dialect
from .parameters.base import P, parse
from .render import Json


class Call(NamedTuple):
    """One request that got as far as its operation."""

    work: UnitOfWork
    dialect: Dialect
    id: str
    """The id in the path; empty where the path has none."""
    request_id: str
    controls: Controls


@dataclass(frozen=True, slots=True)
class Operation:
    """One endpoint of the surface."""

    name: str
    """As a client calls it: ``transactions.create``."""
    method: str
    """``GET`` or ``POST``; on the control side also ``DELETE``."""
    path: str
    dialect: Dialect
    parameters: type[BaseModel]
    perform: Callable[[Call, Mapping[str, object]], Json]
    """Checks the parameters and answers; raises Refusal."""
    control: bool
    """One of the control side needs no key, has no limits and keeps no answers."""
    summary: str
    """What it does, in one line."""

    outside: Callable[[Controls, Mapping[str, object]], Json] | None = None
    """In place of ``perform``, for what must not hold the ledger while it works."""

    @property
    def writes(self) -> bool:
        """Whether it changes anything."""
        return self.method != "GET"


def operation(
    name: str,
    route: str,
    dialect: Dialect | None,
    parameters: type[P],
    handler: Callable[[Call, P], Json],
) -> Operation:
    """An operation whose handler gets its parameters checked.

    ``route`` is ``METHOD path``; one without a dialect belongs to the control side.
    """
    spoken = dialect or GUIDE
    written_as = spoken.parameter_names

    def perform(call: Call, given: Mapping[str, object]) -> Json:
        asked = parse(parameters, given)
        try:
            return handler(call, asked)
        except Refusal as refusal:
            # the ledger knows its own names only
            refusal.param = refusal.param and written_as.get(refusal.param, refusal.param)
            raise

    method, path = route.split(" ")
    summary = _summary(handler)
    return Operation(name, method, path, spoken, parameters, perform, dialect is None, summary)


def outside(
    name: str, route: str, parameters: type[P], handler: Callable[[Controls, P], Json]
) -> Operation:
    """An operation of the control side that works without holding the ledger."""

    def perform(controls: Controls, given: Mapping[str, object]) -> Json:
        return handler(controls, parse(parameters, given))

    def never(_call: Call, _given: Mapping[str, object]) -> Json:
        raise AssertionError(f"{name} works outside the ledger")

    method, path = route.split(" ")
    return Operation(
        name,
        method,
        path,
        GUIDE,
        parameters,
        never,
        control=True,
        summary=_summary(handler),
        outside=perform,
    )


def _summary(handler: Callable[..., Json]) -> str:
    return (handler.__doc__ or "").partition("\n")[0]

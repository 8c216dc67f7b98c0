"""An operation: a method and a path, the parameters it takes, and the function that answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from pydantic import BaseModel

from ..dialects.dialect import GUIDE, Dialect
from ..dialects.render import Json
from ..ledger.unit_of_work import UnitOfWork
from ..parameters.base import P, parse
from ..refusal import Refusal
from .controls import Controls


class RequestContext(NamedTuple):
    """What a handler needs to know of its request besides the parameters."""

    work: UnitOfWork
    dialect: Dialect
    id: str
    """The id in the path; empty where the path has none."""
    request_id: str
    controls: Controls


@dataclass(frozen=True, slots=True)
class _Operation:
    """One endpoint of the API or of the control side."""

    name: str
    """As a client calls it: ``transactions.create``."""
    method: str
    """``GET`` or ``POST``; on the control side also ``DELETE``."""
    path: str
    dialect: Dialect
    parameters: type[BaseModel]
    control: bool
    """Whether it is of the control side: that needs no key, has no limits and keeps no answers."""
    summary: str
    """What it does, in one line."""

    @property
    def writes(self) -> bool:
        """Whether it changes anything."""
        return self.method != "GET"


@dataclass(frozen=True, slots=True)
class LedgerOperation(_Operation):
    """An operation that runs in a unit of work of the ledger."""

    perform: Callable[[RequestContext, Mapping[str, object]], Json]
    """Checks the parameters and answers; raises Refusal."""


@dataclass(frozen=True, slots=True)
class ControlOperation(_Operation):
    """An operation of the control side that opens units of work of its own, or takes long."""

    perform: Callable[[Controls, Mapping[str, object]], Json]
    """Checks the parameters and answers; raises Refusal."""


Operation: TypeAlias = LedgerOperation | ControlOperation


def operation(
    name: str,
    route: str,
    dialect: Dialect | None,
    parameters: type[P],
    handler: Callable[[RequestContext, P], Json],
) -> Operation:
    """An operation whose handler gets its parameters checked, and a unit of work.

    ``route`` is ``METHOD path``; an operation without a dialect is of the control side.
    """
    names = {
        name: alias
        for name, alias in (dialect or GUIDE).parameter_names.items()
        if name in parameters.model_fields and parameters.model_fields[name].alias == alias
    }

    def perform(context: RequestContext, values: Mapping[str, object]) -> Json:
        checked = parse(parameters, values)
        try:
            return handler(context, checked)
        except Refusal as refusal:
            # the ledger names parameters by its own names
            refusal.param = refusal.param and names.get(refusal.param, refusal.param)
            raise

    method, path = route.split(" ")
    return LedgerOperation(
        name,
        method,
        path,
        dialect or GUIDE,
        parameters,
        control=dialect is None,
        summary=_summary(handler),
        perform=perform,
    )


def operation_without_ledger(
    name: str, route: str, parameters: type[P], handler: Callable[[Controls, P], Json]
) -> Operation:
    """An operation of the control side whose handler gets no unit of work."""

    def perform(controls: Controls, values: Mapping[str, object]) -> Json:
        return handler(controls, parse(parameters, values))

    method, path = route.split(" ")
    return ControlOperation(
        name,
        method,
        path,
        GUIDE,
        parameters,
        control=True,
        summary=_summary(handler),
        perform=perform,
    )


def _summary(handler: Callable[..., Json]) -> str:
    return (handler.__doc__ or "").partition("\n")[0]

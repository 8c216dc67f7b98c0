"""JSON that is none, though pydantic reads it: NaN and its like, and names that come twice.

A member with two balances has none that can be trusted. Looking for it costs next to nothing
where an answer is sound: bytes are counted, and only a suspicion is looked into.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Final, NoReturn, cast, get_args

from ..models.envelope import Envelope
from ..models.model import Model

_NAME_END: Final = b'":'
_WITHOUT_NAMES: Final = frozenset({str, int, type(None)})
_COUNTED: Final = frozenset({"amount", "balance", "points_balance"})
"""The fields of a list's items whose names are counted: those that are points."""


def flaw_in(body: bytes, model: Model) -> str | None:
    """Why what was read from this body is not to be trusted; None where it is."""
    # one letter is found, or not, in a fraction of the time that a word takes
    no_number = (b"N" in body and b"NaN" in body) or (b"I" in body and b"Infinity" in body)
    return _looked_into(body) if no_number or _is_suspicious(body, model) else None


def _is_suspicious(body: bytes, model: Model) -> bool:
    if not isinstance(model, Envelope):
        return body.count(_NAME_END) != _names(model)
    page = cast("Envelope[Model]", model)
    items = len(page.data)
    return any(body.count(name) != items for name in _item_names(type(page)))


def _names(model: Model) -> int:
    """How many names the object had on the wire."""
    found = len(model.__pydantic_fields_set__)  # as its property gives, at less cost
    for value in vars(model).values():
        if type(value) in _WITHOUT_NAMES:
            continue
        if isinstance(value, dict):
            found += len(value)  # pyright: ignore[reportUnknownArgumentType]  # only counted
        elif isinstance(value, Model):
            found += _names(value)
    return found


@lru_cache
def _item_names(envelope: type[Envelope[Model]]) -> tuple[bytes, ...]:
    (item,) = get_args(envelope.model_fields["data"].annotation)
    fields: frozenset[str] = frozenset(item.model_fields)
    return tuple(f'"{name}"'.encode() for name in sorted(fields & _COUNTED))


def _looked_into(body: bytes) -> str | None:
    try:
        json.loads(body, object_pairs_hook=_once, parse_constant=_no_number)
    except ValueError as error:
        return str(error)
    except RecursionError:
        return "it is nested too deeply"
    return None


def _once(pairs: list[tuple[str, object]]) -> None:
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("it has a name twice in one object")


def _no_number(_text: str) -> NoReturn:
    raise ValueError("it has NaN or Infinity, which are no JSON")

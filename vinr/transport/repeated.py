"""JSON that is none, though pydantic reads it: NaN and its like, and names that come twice.

A member with two balances has none that can be trusted. Looking for it costs next to nothing
where an answer is sound: bytes are counted, and only a suspicion is looked into.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from operator import attrgetter
from typing import Final, NamedTuple, NoReturn, cast, get_args, get_origin

from typing_extensions import TypeVar

from ..models.envelope import Envelope
from ..models.model import Model

_WITHOUT_NAMES: Final = frozenset({str, int, list, type(None)})
_MOST_LOOKED_INTO: Final = 4 * 1024 * 1024
"""Bytes; more would take seconds, and no page with long texts comes near it (our choice)."""
_size: Final = cast("Callable[[object], int]", len)
_APART: Final = (b" :", b"\t:", b"\n:", b"\r:")
"""White space between a name and its colon."""


def flaw_in(body: bytes, model: Model) -> str | None:
    """Why what was read from this body is not to be trusted; None where it is."""
    # one letter is found, or not, in a fraction of the time that a word takes
    if (b"N" in body and b"NaN" in body) or (b"I" in body and b"Infinity" in body):
        return _looked_into(body)
    return None if _is_sound(body, model) else _looked_into(body)


def _is_sound(body: bytes, model: Model) -> bool:
    """Whether no name can have come twice.

    Each name on the wire has a colon, however it is written, and texts may have more of them.
    So there is none beside those that were read where the body has no more colons than these.
    """
    colons = body.count(b":")
    # its own, as its property gives them at more cost
    names = len(model.__pydantic_fields_set__) + _names_in(vars(model).values())
    if names == colons:
        return True
    for more in _names_of_items(model):
        names += more
        if names == colons:
            return True
    # there are colons in its texts, where they rarely follow a quotation mark
    return body.count(b'":') == names and not any(apart in body for apart in _APART)


def _names_of_items(model: Model) -> Iterator[int]:
    """How many names a list's items have, ever more of them."""
    fields = _fields_of_items(type(model))
    if fields is None:
        return
    items = cast("Envelope[Model]", model).data
    yield sum([len(item.__pydantic_fields_set__) for item in items])
    for texts in fields.texts:
        yield sum(map(len, map(texts, items)))
    for link in fields.links:
        yield _names_in(map(link, items))


def _names_in(values: Iterable[object]) -> int:
    """The names in these values, but not in what they hold."""
    found = 0
    for value in values:
        kind = type(value)
        if kind is dict:
            found += _size(value)
        elif kind not in _WITHOUT_NAMES:
            # to ask whether it is a model takes pydantic longer
            found += len(getattr(value, "__pydantic_fields_set__", ()))
    return found


class _Fields(NamedTuple):
    """Those of a list's items that may hold names themselves."""

    texts: list[Callable[[Model], dict[str, str]]]
    links: list[Callable[[Model], object]]


@lru_cache
def _fields_of_items(kind: type[Model]) -> _Fields | None:
    """Of a list; None for anything else."""
    if not issubclass(kind, Envelope):
        return None
    (item,) = get_args(kind.model_fields["data"].annotation)
    kinds: dict[str, object] = {name: it.annotation for name, it in item.model_fields.items()}
    texts = [name for name, kind in kinds.items() if get_origin(kind) is dict]
    links = [name for name, kind in kinds.items() if name not in texts and _may_be_model(kind)]
    return _Fields([attrgetter(name) for name in texts], [attrgetter(name) for name in links])


def _may_be_model(kind: object) -> bool:
    if isinstance(kind, type) and issubclass(kind, Model):
        return True
    return isinstance(kind, TypeVar) or any(map(_may_be_model, get_args(kind)))


def _looked_into(body: bytes) -> str | None:
    if len(body) > _MOST_LOOKED_INTO:
        return "it is too large to make sure that no name comes twice"
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

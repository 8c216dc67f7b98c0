"""Strict JSON: no name twice in an object, no NaN, and no deep nesting."""

import json
from collections.abc import Iterable, Sequence
from typing import Final, NoReturn, cast

MOST_LEVELS: Final = 64
"""Of objects and lists in each other; deeper JSON is refused.

Source: our choice.
"""


class NotStrictError(ValueError):
    """JSON that only a lenient parser accepts; the message is a sentence."""


def decode(text: str) -> object:
    """The value of a JSON text.

    Raises NotStrictError for what is not strict, ValueError for what is no JSON.
    """
    try:
        value: object = _DECODER.decode(text)
    except RecursionError:
        raise _too_deep() from None
    # most texts have so few brackets that their depth needs no look
    if text.count("[") + text.count("{") > MOST_LEVELS and _levels(value) > MOST_LEVELS:
        raise _too_deep()
    return value


def _too_deep() -> NotStrictError:
    return NotStrictError(f"The JSON is nested too deeply: it may have {MOST_LEVELS} levels.")


def _levels(value: object) -> int:
    levels, at_this_level = -1, [value]
    while at_this_level:
        levels += 1
        at_this_level = [inner for each in at_this_level for inner in _inner_values(each)]
    return levels


def _inner_values(value: object) -> Iterable[object]:
    # an empty object or list is a level too
    match value:
        case dict():
            return cast("dict[str, object]", value).values() or (None,)
        case list():
            return cast("list[object]", value) or (None,)
        case _:
            return ()


def _object_of_distinct_names(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    names = dict(pairs)
    if len(names) != len(pairs):
        raise NotStrictError("A name stands twice in an object.")
    return names


def _refuse_constant(name: str) -> NoReturn:
    raise NotStrictError(f"{name} is not valid JSON.")


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_object_of_distinct_names, parse_constant=_refuse_constant
)

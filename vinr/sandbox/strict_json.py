"""Strict JSON: no name twice in an object and no NaN, which other parsers accept."""

import json
from collections.abc import Sequence
from typing import Final, NoReturn


class NotStrictError(ValueError):
    """JSON that only a lenient parser accepts; the message is a sentence."""


def decode(text: str) -> object:
    """The value of a JSON text.

    Raises NotStrictError, ValueError for what is no JSON, RecursionError where it is too deep.
    """
    value: object = _DECODER.decode(text)
    return value


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

"""Decodes forms and queries: ``a=b``, ``metadata[k]=v``, ``expand[]=tier``."""

from collections.abc import Sequence
from typing import Final, cast
from urllib.parse import parse_qsl

from ..refusal import Refusal

Parameters = dict[str, object]

LISTS: Final = frozenset({"expand", "benefits", "enabled_events"})
"""Parameters that are lists: in a form or a query each entry is ``name[]=…``."""
_MOST_FIELDS: Final = 1000


def decode(text: str) -> Parameters:
    """The parameters of a query or a form; refuses repeated names and what is no UTF-8."""
    if not text:
        return {}
    try:
        pairs = parse_qsl(
            text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
        )
    except UnicodeDecodeError:
        raise Refusal("body_invalid", "The parameters are not encoded in UTF-8.") from None
    except ValueError:
        raise Refusal("body_invalid", "There are too many parameters.") from None
    return nest(pairs)


def nest(pairs: Sequence[tuple[str, str]]) -> Parameters:
    """Turn names with brackets into lists and flat mappings.

    A mapping's key is everything between the first ``[`` and the last ``]``, so a key can have
    brackets of its own; ``][`` in it would be a mapping in a mapping, and is refused.
    """
    parameters: Parameters = {}
    for full_name, value in pairs:
        name, opened, inner = full_name.partition("[")
        if not opened or not inner.endswith("]"):
            _put(parameters, full_name, value, full_name)
        elif name in LISTS and inner == "]":
            _list(parameters, name).append(value)
        elif "][" in inner:
            message = f"{name} is flat: nothing in it has parts of its own."
            raise Refusal("parameter_invalid", message, param=full_name)
        else:
            _put(_mapping(parameters, name), inner[:-1], value, full_name)
    return parameters


def _put(where: Parameters, key: str, value: str, full_name: str) -> None:
    if key in where:
        raise _repeated(full_name)
    where[key] = value


def _list(parameters: Parameters, name: str) -> list[str]:
    values = parameters.setdefault(name, list[str]())
    if not isinstance(values, list):
        raise _repeated(name)
    return cast("list[str]", values)


def _mapping(parameters: Parameters, name: str) -> Parameters:
    values = parameters.setdefault(name, Parameters())
    if not isinstance(values, dict):
        raise _repeated(name)
    return cast("Parameters", values)


def _repeated(name: str) -> Refusal:
    return Refusal("parameter_invalid", f"{name!r} is given twice.", param=name)

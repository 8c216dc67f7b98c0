"""Checks of further values in the bodies of writes: amounts, booleans, lists, URLs, nested objects.

Each check takes the parameter's name and its value, and returns what goes over the wire.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Final, TypeAlias, cast

from pydantic.alias_generators import to_camel

from .._keywords import nearest
from . import checks
from .call import JSON

Check: TypeAlias = Callable[[str, object], JSON]

_WORD: Final = re.compile("[A-Za-z0-9_-]{1,255}").fullmatch
_CURRENCY: Final = re.compile("[A-Za-z]{3}").fullmatch
_URL: Final = re.compile(r"https?://[!-~]+").fullmatch


def name(param: str, value: object) -> str:
    """A text with something in it."""
    value = checks.text(param, value)
    if not value.strip():
        raise checks.refuse(param, "is blank")
    return value


def word_like(*known: str) -> Check:
    """The check of a word of which VINR may add others to the known ones."""

    def check(param: str, value: object) -> str:
        value = checks.text(param, value)
        if not _WORD(value):
            problem = "has a character that no such word has" if value else "is empty"
            raise checks.refuse(param, f"{problem}; it must be a word such as {known[0]!r}")
        return value

    return check


def whole_number(param: str, value: object) -> int:
    """A number of points or of other things, zero or more."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise checks.refuse(param, f"must be a whole number (int), not {type(value).__name__}")
    if not 0 <= value <= checks.MOST_POINTS:
        raise checks.refuse(param, "must be from 0 to 2**63 - 1")
    return int.__int__(value)


def minor_units(param: str, value: object) -> int:
    """An amount of money in the currency's smallest unit, such as cents, above zero."""
    value = whole_number(param, value)
    if value == 0:
        raise checks.refuse(param, "is 0, which is no amount of money")
    return value


def number(param: str, value: object) -> int | float:
    """A number, zero or more, which may have a fraction."""
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise checks.refuse(param, f"must be a number (int or float), not {type(value).__name__}")
    if not math.isfinite(value) or value < 0:
        raise checks.refuse(param, "must be a finite number, 0 or more")
    return value


def whole_number_or_text(param: str, value: object) -> int | str:
    """What the documentation does not say more of."""
    return checks.text(param, value) if isinstance(value, str) else whole_number(param, value)


def switch(param: str, value: object) -> bool:
    """True or False."""
    if not isinstance(value, bool):
        raise checks.refuse(param, f"must be True or False, not {type(value).__name__}")
    return value


def currency(param: str, value: object) -> str:
    """A currency by the three letters of ISO 4217."""
    value = checks.text(param, value)
    if not _CURRENCY(value):
        raise checks.refuse(param, "must be the three letters of a currency, such as 'EUR'")
    return value


def url(param: str, value: object) -> str:
    """An address on the web, with its scheme."""
    value = checks.text(param, value)
    if not _URL(value):
        raise checks.refuse(param, "must be a URL such as 'https://shop.example/vinr'")
    return value


def names(param: str, value: object) -> list[JSON]:
    """A list of texts; an empty one cannot be told from none in a form."""
    return [name(param, entry) for entry in _list(param, value)]


def event_types(param: str, value: object) -> list[JSON]:
    """Types of events, or ``*`` for all of them."""
    found = _list(param, value)
    return ["*" if entry == "*" else checks.event_type(param, entry) for entry in found]


def iso_time(param: str, value: object) -> str | None:
    """An aware time as the guide's dialect writes it: ISO 8601 in UTC."""
    at = checks.aware_time(param, value)
    return None if at is None else at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def open_object(param: str, value: object) -> JSON:
    """An object whose fields VINR does not document: a copy of any that JSON can carry."""
    if not isinstance(value, Mapping):
        raise checks.refuse(param, f"must be a mapping, not {type(value).__name__}")
    try:
        plain = dict(cast("Mapping[str, object]", value))
        text = json.dumps(plain, allow_nan=False, ensure_ascii=False)
        text.encode()  # which a lone surrogate cannot be
    except (TypeError, ValueError, RecursionError):
        raise checks.refuse(param, "has something in it that JSON cannot carry") from None
    return cast("JSON", json.loads(text))


@dataclass(frozen=True, slots=True)
class ObjectOf:
    """The check of an object within a JSON body: its fields by their names in Python."""

    fields: Mapping[str, Check]

    def __call__(self, param: str, value: object) -> dict[str, JSON]:
        """The object by the names on the wire, which are in camel case."""
        if not isinstance(value, Mapping):
            raise checks.refuse(param, f"must be a mapping, not {type(value).__name__}")
        given = dict(cast("Mapping[object, object]", value))
        for field in given:
            if field not in self.fields:
                near = nearest(str(field), [*self.fields])
                hint = f"did you mean {near!r}?" if near else f"it takes {', '.join(self.fields)}"
                raise checks.refuse(param, f"has a field that it does not take, {hint}")
        return {
            to_camel(field): check(f"{param}.{field}", given[field])
            for field, check in self.fields.items()
            if given.get(field) is not None
        }


@dataclass(frozen=True, slots=True)
class ListOf:
    """The check of a list within a JSON body."""

    entry: Check

    def __call__(self, param: str, value: object) -> list[JSON]:
        """The entries, each checked."""
        return [self.entry(f"{param}[{at}]", each) for at, each in enumerate(_list(param, value))]


def _list(param: str, value: object) -> Sequence[object]:
    if isinstance(value, (str, bytes)) or not isinstance(value, Sequence):
        raise checks.refuse(param, f"must be a list, not {type(value).__name__}")
    if not value:
        raise checks.refuse(param, "is empty; leave it out instead")
    return cast("Sequence[object]", value)

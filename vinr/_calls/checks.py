"""Checks of arguments, before anything is sent: ids, texts, points, metadata, times, cursors.

Each returns the value for the wire, or refuses it with an InvalidRequestError.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, cast

from ..errors import InvalidRequestError
from .call import JSON

LONGEST: Final = 255
MOST_METADATA: Final = 50
MOST_POINTS: Final = 2**63 - 1
MOST_ITEMS_A_PAGE: Final = 100

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_COMMON_ID: Final = re.compile("[A-Za-z0-9_-]{1,255}").fullmatch
_WORDS: Final = {"type": "'adjust' or 'credit'", "status": "'active'"}
_EVENT_TYPE: Final = re.compile("[A-Za-z0-9_.-]{1,255}").fullmatch
_PRINTABLE: Final = re.compile("[!-~]+")
_NOT_IN_IDS: Final = frozenset("/\\?#%")
# POST /accounts/merge is an operation, so no account can be reached by that name
_RESERVED: Final = frozenset({"merge"})


def refuse(param: str, problem: str) -> InvalidRequestError:
    """The error for a bad argument; it names the parameter and never shows the value."""
    return InvalidRequestError(f"{param} {problem}; nothing was sent", param=param)


def _plain(value: str) -> str:
    """The text itself of an enum's member or any other str with a ``__str__`` of its own."""
    return value if type(value) is str else str.__str__(value)


def object_id(param: str, value: object) -> str:
    """An id that can stand in a path. Its prefix is VINR's business and not checked."""
    if not isinstance(value, str):
        raise refuse(param, f"must be an id as a str, not {type(value).__name__}")
    value = _plain(value)
    if _COMMON_ID(value) and value not in _RESERVED:
        return value
    if not value:
        what = "a tier's key, such as 'gold'" if param == "tier" else "the id of an object"
        raise refuse(param, f"is empty, it must be {what}")
    if len(value) > LONGEST:
        raise refuse(param, f"is longer than {LONGEST} characters, which no id is")
    if not _PRINTABLE.fullmatch(value) or not _NOT_IN_IDS.isdisjoint(value):
        raise refuse(param, "has a character that no id has (such as a space, / or ?)")
    if not value.strip(".") or value in _RESERVED:
        reaches = "would reach another endpoint" if param == "id" else "names nothing of VINR's"
        raise refuse(param, f"is {value!r}, which {reaches}")
    return value


def word(param: str, value: object) -> str:
    """A kind or a status: lower-case words, of which VINR may add some."""
    value = text(param, value)
    if not _COMMON_ID(value):
        problem = "is empty" if not value else "has a character that no such word has"
        raise refuse(param, f"{problem}; it must be a word such as {_WORDS[param]}")
    return value


def event_type(param: str, value: object) -> str | None:
    """A type of event, or None; VINR may add some."""
    if value is None:
        return None
    value = text(param, value)
    if not _EVENT_TYPE(value):
        raise refuse(param, "is no type of event, such as 'loyalty.points.earned'")
    return value


def optional_id(param: str, value: object) -> str | None:
    """An id, or None for a parameter that is not given."""
    return None if value is None else object_id(param, value)


def text(param: str, value: object) -> str:
    """Any text that UTF-8 can carry."""
    if not isinstance(value, str):
        raise refuse(param, f"must be a str, not {type(value).__name__}")
    value = _plain(value)
    try:
        value.encode()
    except UnicodeEncodeError:
        raise refuse(param, "has a lone surrogate, which UTF-8 cannot carry") from None
    return value


def optional_text(param: str, value: object) -> str | None:
    """Any text, or None for a parameter that is not given."""
    return None if value is None else text(param, value)


def points(param: str, value: object) -> int:
    """A number of points other than zero, exact up to 2**63 - 1 in either direction."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise refuse(param, f"must be a whole number (int) of points, not {type(value).__name__}")
    value = int.__int__(value)
    if value == 0:
        raise refuse(param, "is 0, which would change nothing")
    if abs(value) > MOST_POINTS:
        raise refuse(param, "is beyond 2**63 - 1 points")
    return value


def unsigned_points(param: str, value: object) -> int:
    """A number of points above zero; the direction is said apart."""
    if points(param, value) < 0:
        raise refuse(param, 'is below zero; say type="debit" to take points')
    return points(param, value)


def metadata(value: object) -> dict[str, JSON] | None:
    """A copy of flat str → str metadata."""
    return None if value is None else {key: _entry(key, entry) for key, entry in _flat(value)}


def metadata_changes(value: object) -> dict[str, JSON] | None:
    """The same, where None as a value removes a key."""
    if value is None:
        return None
    return {key: None if entry is None else _entry(key, entry) for key, entry in _flat(value)}


def _flat(value: object) -> list[tuple[str, object]]:
    if not isinstance(value, Mapping):
        raise refuse("metadata", f"must be a mapping of str to str, not {type(value).__name__}")
    # one read of the caller's mapping: another thread may be changing it
    entries = list(cast("Mapping[object, object]", value).items())
    if len(entries) > MOST_METADATA:
        raise refuse("metadata", f"has more than {MOST_METADATA} keys")
    return [(text("metadata", key), entry) for key, entry in entries]


def _entry(key: str, value: object) -> str:
    return text(f"metadata[{key!r}]", value)


def idempotency_key(value: object) -> str | None:
    """The caller's own key: printable ASCII, at most 255 characters."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise refuse("idempotency_key", f"must be a str, not {type(value).__name__}")
    value = _plain(value)
    if not value.strip() or len(value) > LONGEST:
        raise refuse("idempotency_key", f"must have 1 to {LONGEST} characters and not be blank")
    if not all(" " <= char <= "~" for char in value) or value != value.strip():
        raise refuse("idempotency_key", "must be printable ASCII without spaces at its ends")
    return value


def reference(value: object) -> str:
    """The caller's name for a posting, which its entry keeps."""
    value = text("reference", value)
    if not value or value != value.strip() or len(value) > LONGEST:
        raise refuse(
            "reference", f"must have 1 to {LONGEST} characters and no white space at its ends"
        )
    return value


def aware_time(param: str, value: object) -> datetime | None:
    """A time that says in which zone it is."""
    if value is None or (isinstance(value, datetime) and value.utcoffset() is not None):
        return value
    raise refuse(param, "must be a datetime with a time zone, such as datetime(…, tzinfo=UTC)")


def unix_seconds(param: str, value: object) -> str | None:
    """The first whole second that is not before an aware time; None for one that is not given."""
    at = aware_time(param, value)
    return None if at is None else str(-((_EPOCH - at) // timedelta(seconds=1)))


def limit(value: object) -> int | None:
    """How many items a page may have, 1 to 100."""
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MOST_ITEMS_A_PAGE:
        raise refuse("limit", f"must be a whole number from 1 to {MOST_ITEMS_A_PAGE}")
    return int.__int__(value)


def cursor(starting_after: object, ending_before: object) -> dict[str, str]:
    """At most one cursor, and not an empty one, by its name."""
    if starting_after is not None and ending_before is not None:
        raise refuse("ending_before", "cannot go together with starting_after")
    asked = {"starting_after": starting_after, "ending_before": ending_before}
    given = {name: text(name, value) for name, value in asked.items() if value is not None}
    for param, value in given.items():
        if not value:
            raise refuse(param, "is empty; leave it out for the first page")
    return given


def expand(value: object) -> tuple[str, ...]:
    """The names of fields to expand, dotted paths allowed."""
    if isinstance(value, (str, bytes)) or not isinstance(value, Sequence):
        raise refuse("expand", 'must be a list of names, such as expand=["tier"]')
    names = tuple(text("expand", name) for name in cast("Sequence[object]", value))
    if not all(names):
        raise refuse("expand", "has an empty name")
    return names


def whole_number(param: str, value: object, least: int) -> int | None:
    """A count of ours, such as ``max_items``."""
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise refuse(param, f"must be a whole number, {least} or more")
    return int.__int__(value)

"""Whether an answer is about what was asked for: another member's points are not the caller's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..calls.call import Call
from ..models.model import Model

_IN_THE_GUIDE: Final[Mapping[str, str]] = {"la": "loy", "pt": "ptx"}
"""The reference's prefixes, of which each names the same objects as the guide's."""


def is_about_another(call: Call[Model], model: Model) -> bool:
    """True where the object contradicts its call; what it does not say is no contradiction."""
    said = model.__pydantic_fields_set__
    for name, value in call.expected.items():
        if name in said:
            found: object = getattr(model, name)
            if found != value and not _is_same(found, value):
                return True
    refuted = call.refuted
    return bool(refuted) and any(getattr(model, name) in refuted[name] for name in refuted)


def _is_same(found: object, asked: object) -> bool:
    """Whether this is the object that was asked for, expanded or by its id in the other dialect."""
    id: object = getattr(found, "id", found)
    return isinstance(id, str) and isinstance(asked, str) and _guides(id) == _guides(asked)


def _guides(id: str) -> str:
    prefix, mark, rest = id.partition("_")
    return _IN_THE_GUIDE.get(prefix, prefix) + mark + rest

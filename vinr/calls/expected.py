"""What an answer must say of itself, to be the answer to this call and to no other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from ..models.model import Model

Expected: TypeAlias = Mapping[str, object]
"""By attribute of the model."""

_OF_THE_GUIDE: Final = {"la": "loy", "pt": "ptx"}
"""Prefixes of ids: what the reference calls ``la_X`` is the guide's ``loy_X``."""


def of_account(asked: Mapping[str, object]) -> dict[str, object]:
    """What an account made with these parameters says of itself."""
    return {"customer_id" if name == "customer" else name: asked[name] for name in asked}


def is_about(model: Model, expected: Expected) -> bool:
    """Whether the answer is about what was asked for, under whichever of its two ids."""
    for name, wanted in expected.items():
        value: object = getattr(model, name, None)
        if value != wanted and _in_the_guide(value) != _in_the_guide(wanted):
            return False
    return True


def _in_the_guide(value: object) -> object:
    if not isinstance(value, str):
        return value
    prefix, underscore, rest = value.partition("_")
    return _OF_THE_GUIDE.get(prefix, prefix) + underscore + rest

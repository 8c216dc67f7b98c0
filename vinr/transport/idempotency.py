"""Idempotency keys: one a call, made before the first attempt."""

from __future__ import annotations

from os import urandom
from typing import Final
from uuid import UUID, uuid5

_NAMESPACE: Final = UUID("6f0b1c1e-6f6b-4ac1-9f2d-0a6a3c9a7c55")


def new_key() -> str:
    """A key that nobody used before: a UUID of version 4, made without the UUID."""
    digits = urandom(16).hex()
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"


def another_key(key: str | None) -> str | None:
    """A second key that follows from the caller's own, so that a repeated call finds it again."""
    if key is None:
        return None
    return str(uuid5(_NAMESPACE, key))

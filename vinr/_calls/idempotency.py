"""Idempotency keys that follow from something else, so that a repeated call finds them again."""

from __future__ import annotations

from typing import Final
from uuid import UUID, uuid5

from .call import guide_form

_NAMESPACE: Final = UUID("6f0b1c1e-6f6b-4ac1-9f2d-0a6a3c9a7c55")


def second_key(key: str | None) -> str | None:
    """Another key for a second write of the same call; None where the first one is random."""
    return None if key is None else str(uuid5(_NAMESPACE, key))


def posting_key(account: str, reference: str) -> str:
    """The key of the posting with this reference to this member, in either dialect's ids."""
    return str(uuid5(_NAMESPACE, f"{guide_form(account)}\n{reference}"))

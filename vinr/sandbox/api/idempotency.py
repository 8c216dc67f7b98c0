"""Idempotency: the first answer to a key is kept and replayed, so its effect happens once."""

import json
import re
from collections.abc import Callable, Mapping
from hashlib import blake2b
from typing import Final, NamedTuple

from ..ledger import idempotency
from ..ledger.rows import KeptAnswerRow
from ..ledger.unit_of_work import UnitOfWork
from ..refusal import Refusal

_CANONICAL: Final = json.JSONEncoder(sort_keys=True, ensure_ascii=False)
_KEY: Final = re.compile(r"[ -~]{1,255}", re.ASCII)


class Answer(NamedTuple):
    """A status and a body: the part of a response that is kept and replayed."""

    status: int
    body: bytes
    replayed: bool = False


class ScopedKey(NamedTuple):
    """An idempotency key as it is kept, and a digest of the parameters that it came with."""

    scope: bytes
    fingerprint: bytes


def key_in_headers(headers: Mapping[str, str]) -> str | None:
    """The request's Idempotency-Key, if it has one; refuses one that cannot be a key."""
    key = headers.get("idempotency-key")
    if key is not None and (not key.strip() or not _KEY.fullmatch(key)):
        raise Refusal(
            "idempotency_key_invalid",
            "An Idempotency-Key is 1 to 255 printable ASCII characters.",
            param="Idempotency-Key",
        )
    return key


def scope_key(key: str, caller: str, operation: str, parameters: object) -> ScopedKey:
    """A key in the scope of an API key and an operation, with a fingerprint of the parameters.

    Equal parameters have equal fingerprints, whatever the order of names and the spaces in a body.
    """
    canonical = _CANONICAL.encode(parameters).encode()
    return ScopedKey(_digest(f"{caller}\n{operation}\n{key}".encode()), _digest(canonical))


def answer_once(
    work: UnitOfWork, key: ScopedKey, answer_first: Callable[[UnitOfWork], Answer]
) -> Answer:
    """The kept answer, else that of ``answer_first``, which is kept together with its effect."""
    kept = idempotency.find(work, key.scope)
    if kept is None:
        first = answer_first(work)
        idempotency.keep(work, key.scope, KeptAnswerRow(key.fingerprint, first.status, first.body))
        return first
    if kept.fingerprint != key.fingerprint:
        raise Refusal("idempotency_conflict", "This Idempotency-Key was used for another request.")
    return Answer(kept.status, kept.body, replayed=True)


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=16).digest()

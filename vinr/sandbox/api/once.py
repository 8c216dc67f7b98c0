"""Idempotency: a key's first answer is kept and replayed, so its effect happens once."""

import json
import re
from collections.abc import Callable, Mapping
from hashlib import blake2b
from typing import Final, NamedTuple

from ..ledger import idempotency
from ..ledger.idempotency import Record
from ..ledger.work import UnitOfWork
from ..refusal import Refusal

_IN_ORDER: Final = json.JSONEncoder(sort_keys=True, ensure_ascii=False)
_KEY: Final = re.compile(r"[ -~]{1,255}", re.ASCII)


class Answer(NamedTuple):
    """A status and a body, before the headers that every response has."""

    status: int
    body: bytes
    replayed: bool = False


class Key(NamedTuple):
    """An idempotency key in its scope, and a digest of the content that it came with."""

    scope: bytes
    fingerprint: bytes


def key_of(headers: Mapping[str, str]) -> str | None:
    """The request's Idempotency-Key, if it has one."""
    key = headers.get("idempotency-key")
    if key is not None and (not key.strip() or not _KEY.fullmatch(key)):
        raise Refusal(
            "idempotency_key_invalid",
            "An Idempotency-Key is 1 to 255 printable ASCII characters.",
            param="Idempotency-Key",
        )
    return key


def scoped(key: str, caller: str, operation: str, content: object) -> Key:
    """A key as it is kept: unique for an API key and an endpoint, tied to a content.

    The same content has the same fingerprint, however it is written.
    """
    try:
        written = _IN_ORDER.encode(content).encode()
    except (UnicodeEncodeError, RecursionError):
        raise Refusal("body_invalid", "The body has text that UTF-8 cannot carry.") from None
    return Key(_digest(f"{caller}\n{operation}\n{key}".encode()), _digest(written))


def answer(work: UnitOfWork, key: Key, first: Callable[[UnitOfWork], Answer]) -> Answer:
    """The kept answer, else the first one, which is kept together with its effect."""
    record = idempotency.find(work, key.scope)
    if record is None:
        given = first(work)
        idempotency.keep(work, key.scope, Record(key.fingerprint, given.status, given.body))
        return given
    if record.fingerprint != key.fingerprint:
        raise Refusal("idempotency_conflict", "This Idempotency-Key was used for another request.")
    return Answer(record.status, record.body, replayed=True)


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=16).digest()

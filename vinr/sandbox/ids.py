"""New ids: random, or repeatable from a seed."""

import os
import string
import time
from binascii import b2a_base64
from hashlib import blake2b
from itertools import count
from typing import Final

_LENGTH: Final = 14
_TIMESTAMP_LENGTH: Final = 7
"""Characters of the timestamp in milliseconds; enough until the year 2081."""
_BASE_62: Final = string.digits + string.ascii_uppercase + string.ascii_lowercase
_RANDOM_BYTES: Final = 11
# Ids have letters and digits only. Nobody decodes them, so x and y can stand for + and / too.
_LETTERS_FOR_SIGNS: Final = bytes.maketrans(b"+/", b"xy")


class Ids:
    """Makes keys: the part of an id behind its prefix, the ``7Qk…`` of ``loy_7Qk…``.

    With a seed, the n-th key of a kind is the same in every run. Without, a key is a timestamp
    followed by random characters; keys in the order of time keep SQLite's indexes fast.
    """

    def __init__(self, seed: int | str | None = None) -> None:
        self._seed = seed
        self._requests = {kind: count(1) for kind in ("request", "control")}

    @property
    def seeded(self) -> bool:
        """Whether keys depend on their sequence number alone."""
        return self._seed is not None

    def key(self, kind: str, sequence: int) -> str:
        """The key of the object number ``sequence`` of its kind."""
        if self._seed is None:
            return _timestamp() + _letters(os.urandom(_RANDOM_BYTES))[_TIMESTAMP_LENGTH:]
        name = f"{self._seed}/{kind}/{sequence}"
        return _letters(blake2b(name.encode(), digest_size=_RANDOM_BYTES).digest())

    def request(self, *, control: bool = False) -> str:
        """The id of the next request, ``req_…``.

        Requests of the control side have a count of their own, so that with a seed they do not
        change the ids of other requests.
        """
        kind = "control" if control else "request"
        return "req_" + self.key(kind, next(self._requests[kind]))


def _timestamp() -> str:
    rest, letters = time.time_ns() // 1_000_000, ""
    for _ in range(_TIMESTAMP_LENGTH):
        rest, digit = divmod(rest, len(_BASE_62))
        letters = _BASE_62[digit] + letters
    return letters


def _letters(raw: bytes) -> str:
    return b2a_base64(raw).translate(_LETTERS_FOR_SIGNS)[:_LENGTH].decode()

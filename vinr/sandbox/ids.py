"""New ids: random, or repeatable from a seed."""

import os
import string
import time
from binascii import b2a_base64
from hashlib import blake2b
from itertools import count
from typing import Final

_LENGTH: Final = 14
_OF_TIME: Final = 7
"""Letters that tell the millisecond, until the year 2081."""
_IN_ORDER: Final = string.digits + string.ascii_uppercase + string.ascii_lowercase
_BYTES: Final = 11
# ids have letters and digits only; nobody decodes them, so two letters may stand for more
_LETTERS_FOR_SIGNS: Final = bytes.maketrans(b"+/", b"xy")


class Ids:
    """Makes the part of an id that follows its prefix: the ``7Qk…`` of ``loy_7Qk…``.

    With a seed, the n-th id of a kind is always the same; without, ids are random behind the
    time that they begin with, so that an index of them grows at its end.
    """

    def __init__(self, seed: int | str | None = None) -> None:
        self._seed = seed
        self._requests = {kind: count(1) for kind in ("request", "control")}

    @property
    def seeded(self) -> bool:
        """Whether the keys depend on the sequence."""
        return self._seed is not None

    def key(self, kind: str, sequence: int) -> str:
        """The key of the object number ``sequence`` of its kind."""
        if self._seed is None:
            return _now() + _letters(os.urandom(_BYTES))[_OF_TIME:]
        name = f"{self._seed}/{kind}/{sequence}"
        return _letters(blake2b(name.encode(), digest_size=_BYTES).digest())

    def request(self, *, control: bool = False) -> str:
        """The id of one more request, ``req_…``.

        Those of the control side count apart: looking at a sandbox shifts no ids in it.
        """
        kind = "control" if control else "request"
        return "req_" + self.key(kind, next(self._requests[kind]))


def _now() -> str:
    left, letters = time.time_ns() // 1_000_000, ""
    for _ in range(_OF_TIME):
        left, digit = divmod(left, len(_IN_ORDER))
        letters = _IN_ORDER[digit] + letters
    return letters


def _letters(raw: bytes) -> str:
    return b2a_base64(raw).translate(_LETTERS_FOR_SIGNS)[:_LENGTH].decode()

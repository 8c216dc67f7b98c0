"""New ids: random, or repeatable from a seed."""

import os
from binascii import b2a_base64
from hashlib import blake2b
from itertools import count
from typing import Final

_LENGTH: Final = 14
_BYTES: Final = 11
# ids have letters and digits only; nobody decodes them, so two letters may stand for more
_LETTERS_FOR_SIGNS: Final = bytes.maketrans(b"+/", b"xy")


class Ids:
    """Makes the part of an id that follows its prefix: the ``7Qk…`` of ``loy_7Qk…``.

    With a seed, the n-th id of a kind is always the same; without, ids are random.
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
            return _letters(os.urandom(_BYTES))
        name = f"{self._seed}/{kind}/{sequence}"
        return _letters(blake2b(name.encode(), digest_size=_BYTES).digest())

    def request(self, *, control: bool = False) -> str:
        """The id of one more request, ``req_…``.

        Those of the control side count apart: looking at a sandbox shifts no ids in it.
        """
        kind = "control" if control else "request"
        return "req_" + self.key(kind, next(self._requests[kind]))


def _letters(raw: bytes) -> str:
    return b2a_base64(raw).translate(_LETTERS_FOR_SIGNS)[:_LENGTH].decode()

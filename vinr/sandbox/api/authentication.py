"""Authentication: the API key of a request."""

import re
from collections.abc import Mapping
from hashlib import blake2b
from typing import Final

from ..refusal import Refusal

_TEST_KEY: Final = re.compile(r"(sk|rk)_test_[A-Za-z0-9_\-]{1,255}", re.ASCII)
_LIVE_KEYS: Final = ("sk_live_", "rk_live_")
_PUBLISHABLE_KEYS: Final = "pk_"


def caller(headers: Mapping[str, str]) -> str:
    """A digest of the request's key, which identifies the caller without storing the key."""
    bearer = _bearer(headers.get("authorization", ""))
    key = headers.get("x-api-key") or bearer
    _refuse_other_than_test_keys(key)
    if bearer.startswith(_LIVE_KEYS):
        raise _refused_live_key()
    return blake2b(key.encode(), digest_size=16).hexdigest()


def _bearer(authorization: str) -> str:
    scheme, _, credentials = authorization.partition(" ")
    return credentials.strip() if scheme.lower() == "bearer" else ""


def _refuse_other_than_test_keys(key: str) -> None:
    if not key:
        raise Refusal("api_key_missing", "No API key was sent: it belongs in the header X-Api-Key.")
    if key.startswith(_PUBLISHABLE_KEYS):
        raise Refusal("permission_denied", "A publishable key cannot do this; use a secret key.")
    if key.startswith(_LIVE_KEYS):
        raise _refused_live_key()
    if not _TEST_KEY.fullmatch(key):
        raise Refusal("api_key_invalid", "This is not a test key (sk_test_… or rk_test_…).")


def _refused_live_key() -> Refusal:
    return Refusal("api_key_invalid", "This is a sandbox: it takes no live keys.")

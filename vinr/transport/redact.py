"""Takes the secret key out of what a server sent, should it echo the key."""

from __future__ import annotations

from ..config import Secret
from ..errors import VinrError

_INSTEAD = "[secret key]"


def redact(error: VinrError, secret: Secret) -> None:
    """Every text that the error shows."""
    for name, value in vars(error).items():
        if isinstance(value, str):
            setattr(error, name, redacted(value, secret))
    error.args = (error.message,)


def redacted(text: str, secret: Secret) -> str:
    """The same text without the key."""
    return text.replace(secret.reveal(), _INSTEAD)

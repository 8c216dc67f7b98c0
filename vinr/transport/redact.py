"""What a server sent, made fit to be shown: without the secret key, should it echo the key."""

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


def shown(text: str, secret: Secret, most: int) -> str:
    """One line of so many characters, none of which moves a terminal's cursor."""
    if not text.isprintable():
        text = "".join([char if char.isprintable() else " " for char in text])
    # cut last: of a key that is cut in two, half would be left
    return redacted(" ".join(text.split()), secret)[:most]


def redacted(text: str, secret: Secret) -> str:
    """The same text without the key."""
    return text.replace(secret.reveal(), _INSTEAD)

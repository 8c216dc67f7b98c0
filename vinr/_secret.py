"""The secret key, so that no repr, log or error shows it; and its removal from texts of others."""

from __future__ import annotations

from typing import Final, cast

from .errors import VinrError

_INSTEAD: Final = "[secret key]"


class Secret:
    """A secret key that no repr, traceback or pickle shows. Takes anything, and judges later."""

    __slots__ = ("_value",)

    def __init__(self, value: object) -> None:
        reveal = getattr(value, "get_secret_value", None)  # of pydantic's SecretStr and its like
        self._value = reveal() if callable(reveal) else value

    @property
    def is_missing(self) -> bool:
        """Whether no key was given at all."""
        return self._value is None

    def reveal(self) -> str:
        """The key itself, for the header it goes into."""
        return cast("str", self._value)

    def problem(self) -> str | None:
        """Why this is no key to send; None where it is one. It never raises nor shows the key."""
        key = self._value
        if not isinstance(key, str):
            return f"secret_key must be a str, not {type(key).__name__}"
        if not key or not all("!" <= char <= "~" for char in key):
            return (
                "the secret key is blank or has a character that no VINR key has"
                " (a space, a line break, a control or non-ASCII character); copy it once more"
            )
        if key.startswith("pk_"):
            return (
                "this is a publishable key, which is for browsers;"
                " a server needs a secret key (sk_live_, sk_test_) or a restricted one (rk_)"
            )
        return None

    @property
    def is_live(self) -> bool:
        """Whether its prefix is that of a live key."""
        return self.reveal().startswith(("sk_live_", "rk_live_"))

    @property
    def is_test(self) -> bool:
        """Whether its prefix is that of a test key."""
        return self.reveal().startswith(("sk_test_", "rk_test_"))

    def removed_from(self, text: str) -> str:
        """A text that a server sent, without the key, should the server echo it."""
        return text.replace(self.reveal(), _INSTEAD)

    def remove_from(self, error: VinrError) -> None:
        """The same for every text that an error shows."""
        for name, value in vars(error).items():
            if isinstance(value, str):
                setattr(error, name, self.removed_from(value))
        error.args = (error.message,)

    def one_line(self, text: str, most: int) -> str:
        """So many characters of a server's text, none of which moves a terminal's cursor."""
        if not text.isprintable():
            text = "".join([char if char.isprintable() else " " for char in text])
        # cut last: of a key that is cut in two, half would be left
        return self.removed_from(" ".join(text.split()))[:most]

    def __repr__(self) -> str:
        return "<secret key>"

    def __reduce__(self) -> str | tuple[object, ...]:
        raise TypeError("a secret key is not pickled; let the other process read its environment")

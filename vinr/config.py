"""The options of a client: key, host, version, time-outs, retries; checked before any call."""

from __future__ import annotations

import ipaddress
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Final, TypedDict, cast
from urllib.parse import SplitResult, urlsplit

from .errors import ConfigurationError

if TYPE_CHECKING:
    from .transport.retry import RetryEvent

LIVE_HOST: Final = "https://api.vinr.com/v1"
TEST_HOST: Final = "https://sandbox.api.vinr.com/v1"
MOST_RETRIES: Final = 20


@dataclass(frozen=True, slots=True)
class Timeout:
    """Seconds that each part of one attempt may take (our choice)."""

    connect: float = 30.0
    """Until the connection stands, TLS included."""
    read: float = 30.0
    """Between two pieces of the answer."""
    write: float = 30.0
    """Between two pieces of the request."""
    pool: float = 30.0
    """Until a connection of the pool is free."""

    def __post_init__(self) -> None:
        for part in fields(self):
            _check_seconds(f"timeout.{part.name}", getattr(self, part.name))

    @classmethod
    def of(cls, value: float | Timeout) -> Timeout:
        """The same number of seconds for every part."""
        if isinstance(value, Timeout):
            return value
        _check_seconds("timeout", value)
        return cls(value, value, value, value)


class Overrides(TypedDict, total=False):
    """What ``with_options`` takes."""

    api_version: str | None
    timeout: float | Timeout
    deadline: float | None
    max_retries: int
    on_retry: Callable[[RetryEvent], object] | None


@dataclass(frozen=True, slots=True)
class Options:
    """What one client sends and how long it tries."""

    secret_key: str = field(repr=False)
    base_url: str
    """Everything up to and including ``/v1``, without a slash at the end."""
    api_version: str | None = None
    timeout: Timeout = field(default_factory=Timeout)
    deadline: float | None = None
    """Seconds for one call: all attempts and the waits between them."""
    max_retries: int = 2
    on_retry: Callable[[RetryEvent], object] | None = None

    def __post_init__(self) -> None:
        if self.api_version is not None:
            _check_version(self.api_version)
        if self.deadline is not None:
            _check_seconds("deadline", self.deadline)
        _check_retries(self.max_retries)

    def with_overrides(self, overrides: Overrides) -> Options:
        """The same options but for those that are given."""
        changes: dict[str, object] = {**overrides}
        if "timeout" in overrides:
            changes["timeout"] = Timeout.of(overrides["timeout"])
        return replace(self, **changes)  # type: ignore[arg-type]  # the names are Overrides' own

    def __reduce__(self) -> str | tuple[object, ...]:
        raise TypeError("options hold the secret key and are not pickled")


def resolve_key(secret_key: object, environment: Mapping[str, str]) -> str:
    """The key to send: the argument, else ``VINR_SECRET_KEY``."""
    key = environment.get("VINR_SECRET_KEY") if secret_key is None else secret_key
    if key is None:
        raise ConfigurationError(
            "no secret key: pass secret_key= or set the environment variable VINR_SECRET_KEY"
        )
    if not isinstance(key, str):
        raise ConfigurationError(f"secret_key must be a str, not {type(key).__name__}")
    if not key or not all("!" <= char <= "~" for char in key):
        raise ConfigurationError(
            "the secret key is blank or has a character that no VINR key has"
            " (a space, a line break, a control or non-ASCII character); copy it once more"
        )
    if key.startswith("pk_"):
        raise ConfigurationError(
            "this is a publishable key, which is for browsers;"
            " a server needs a secret key (sk_live_, sk_test_) or a restricted one (rk_)"
        )
    return key


def resolve_base_url(base_url: str | None, key: str, environment: Mapping[str, str]) -> str:
    """The host to call: the argument, else ``VINR_BASE_URL``, else by the key's prefix."""
    url = environment.get("VINR_BASE_URL") if base_url is None else base_url
    if url is not None:
        return _checked_url(url)
    if key.startswith(("sk_live_", "rk_live_")):
        return LIVE_HOST
    if key.startswith(("sk_test_", "rk_test_")):
        return TEST_HOST
    raise ConfigurationError(
        "the key's prefix does not say which host to call: VINR's secret keys begin with"
        " sk_live_, sk_test_, rk_live_ or rk_test_; for another kind of key pass base_url="
    )


def _checked_url(url: object) -> str:
    if not isinstance(url, str) or not all("!" <= char <= "~" for char in url):
        raise ConfigurationError("base_url must be a URL of printable ASCII characters")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ConfigurationError(f"base_url is no valid URL: {error}") from None
    if parts.username is not None or parts.password is not None:
        raise ConfigurationError("base_url must not hold a user name or password")
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise ConfigurationError(f"base_url must be an http or https URL with a host, not {url!r}")
    if "?" in url or "#" in url or "\\" in url:
        raise ConfigurationError("base_url must not hold a query, a fragment or a backslash")
    if parts.scheme == "http" and not _is_loopback(parts):
        raise ConfigurationError(
            f"base_url would send the secret key unencrypted to {parts.hostname}; use https"
        )
    return url.rstrip("/")


def _is_loopback(parts: SplitResult) -> bool:
    host = parts.hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _check_version(version: object) -> None:
    if not isinstance(version, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", version):
        raise ConfigurationError(f"api_version must be a date as YYYY-MM-DD, not {version!r}")


def _check_seconds(name: str, value: object) -> None:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not (is_number and 0 < cast("float", value) < math.inf):
        raise ConfigurationError(f"{name} must be a number of seconds above zero, not {value!r}")


def _check_retries(value: object) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_RETRIES:
        raise ConfigurationError(
            f"max_retries must be a whole number from 0 to {MOST_RETRIES}, not {value!r}"
        )

"""The options of a client: key, host, version, time-outs, retries; checked before any call."""

from __future__ import annotations

import inspect
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeAlias, TypedDict, cast, get_args

from ._headers import checked_headers
from ._hosts import is_loopback, split_url
from ._keywords import names_near_keywords, unknown_keyword
from ._middleware import Middleware, checked_middleware
from ._secret import Secret
from .errors import ConfigurationError

if TYPE_CHECKING:
    from ._protocol.retry import RetryEvent

LIVE_HOST: Final = "https://api.vinr.com/v1"
TEST_HOST: Final = "https://sandbox.api.vinr.com/v1"
START_PAGE: Final = "https://vinr.readthedocs.io/en/stable/getting-started/"
"""Our page on the first client, and on a sandbox that takes any test key."""
MOST_RETRIES: Final = 20
MOST_SECONDS: Final = 1_000_000

_KEY_NAME: Final = "VINR_SECRET_KEY"


EngineName: TypeAlias = Literal["httpx", "fast"]
"""What sends: httpx, or the compiled engine of the extra ``fast``."""


@names_near_keywords
@dataclass(frozen=True, slots=True)
class Timeout:
    """Seconds that each part of one attempt may take.

    Source: our choice; VINR does not document it.
    """

    connect: float = 30.0
    """Until the connection stands, TLS included."""
    read: float = 30.0
    """Between two pieces of the answer."""
    write: float = 30.0
    """Between two pieces of the request."""
    pool: float = 30.0
    """Until a connection of the pool is free."""
    total: float | None = None
    """For the whole attempt, from the pool to the answer's last byte."""

    def __post_init__(self) -> None:
        for part in fields(self):
            seconds = getattr(self, part.name)
            if part.name != "total" or seconds is not None:
                _check_seconds(f"timeout.{part.name}", seconds)

    def steps(self) -> dict[str, float]:
        """All but the whole, by httpx's names."""
        return {
            "connect": self.connect,
            "read": self.read,
            "write": self.write,
            "pool": self.pool,
        }

    @classmethod
    def of(cls, value: TimeoutTypes) -> Timeout:
        """So many seconds for the whole attempt and so for each of its parts.

        None is no limit, and a limit of None in an ``httpx.Timeout`` as well.
        """
        if isinstance(value, Timeout):
            return value
        if value is None:
            return cls(MOST_SECONDS, MOST_SECONDS, MOST_SECONDS, MOST_SECONDS)
        if all(hasattr(value, step) for step in ("connect", "read", "write", "pool")):
            parts = cast("TimeoutParts", value)
            steps = (parts.connect, parts.read, parts.write, parts.pool)
            return cls(*[MOST_SECONDS if step is None else step for step in steps])
        _check_seconds("timeout", value)
        value = cast("float", value)
        return cls(value, value, value, value, value)


class TimeoutParts(Protocol):
    """An ``httpx.Timeout``, or one of its successor httpx2."""

    @property
    def connect(self) -> float | None:
        """Until the connection stands."""
        ...

    @property
    def read(self) -> float | None:
        """Between two pieces of the answer."""
        ...

    @property
    def write(self) -> float | None:
        """Between two pieces of the request."""
        ...

    @property
    def pool(self) -> float | None:
        """Until a connection of the pool is free."""
        ...


TimeoutTypes: TypeAlias = float | Timeout | TimeoutParts | None
"""Seconds for one attempt, or limits of its parts; None for no limit."""


class SecretText(Protocol):
    """A key that does not show itself, such as pydantic's ``SecretStr``."""

    def get_secret_value(self) -> str:
        """The key itself."""
        ...


class HTTPClient(Protocol):
    """An ``httpx.Client``, or one of its successor httpx2."""

    @property
    def follow_redirects(self) -> bool:
        """False: a redirect would carry the secret key to another host."""
        ...

    def close(self) -> None:
        """Closes its connections; a client of vinr's leaves that to you."""


class AsyncHTTPClient(Protocol):
    """An ``httpx.AsyncClient``, or one of its successor httpx2."""

    @property
    def follow_redirects(self) -> bool:
        """False: a redirect would carry the secret key to another host."""
        ...

    async def aclose(self) -> None:
        """Closes its connections; a client of vinr's leaves that to you."""


class Overrides(TypedDict, total=False):
    """What ``with_options`` takes."""

    api_version: str | None
    """A date as YYYY-MM-DD, sent as ``Vinr-Version``; None for none."""
    timeout: TimeoutTypes
    """Seconds for one attempt, or limits of its parts; None for no limit."""
    deadline: float | None
    """Seconds for one call, all attempts and the waits between them; None for no limit."""
    max_retries: int
    """How many more attempts after the first, 0 to 20."""
    on_retry: Callable[[RetryEvent], object] | None
    """Told before the wait for each further attempt; a plain function."""
    default_headers: Mapping[str, str] | None
    """Headers that go along with every request."""
    middleware: Sequence[Middleware]
    """Objects that are told of every call; they take the place of the client's own."""


class Portable(TypedDict):
    """What another process needs to make the same client, beside ``Overrides``."""

    base_url: str | None
    engine: EngineName
    allow_http: bool


@dataclass(frozen=True, slots=True)
class Options:
    """What one client sends and how long it tries."""

    secret_key: Secret
    base_url: str
    """Everything up to and including ``/v1``, without a slash at the end."""
    api_version: str | None = None
    timeout: Timeout = field(default_factory=Timeout)
    deadline: float | None = None
    """Seconds for one call: all attempts and the waits between them."""
    max_retries: int = 2
    on_retry: Callable[[RetryEvent], object] | None = None
    default_headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    middleware: tuple[Middleware, ...] = ()
    engine: EngineName = "httpx"
    key_from_environment: bool = False
    allow_http: bool = False
    base_url_given: bool = False
    """Whether ``base_url`` was an argument, and not found in the environment or by the key."""

    def __post_init__(self) -> None:
        if self.on_retry is not None:
            _check_callback(self.on_retry)
        if self.api_version is not None:
            _check_version(self.api_version)
        if self.deadline is not None:
            _check_seconds("deadline", self.deadline)
        _check_retries(self.max_retries)
        _check_engine(self.engine)

    def with_overrides(self, overrides: Overrides) -> Options:
        """The same options but for those that are given."""
        error = unknown_keyword("with_options", overrides, Overrides.__annotations__)
        if error is not None:
            raise error
        changes: dict[str, object] = {**overrides}
        if "timeout" in overrides:
            changes["timeout"] = Timeout.of(overrides["timeout"])
        if "default_headers" in overrides:
            changes["default_headers"] = checked_headers(overrides["default_headers"])
        if "middleware" in overrides:
            changes["middleware"] = checked_middleware(overrides["middleware"])
        return replace(self, **changes)  # type: ignore[arg-type]  # the names are Overrides' own

    def portable(self) -> tuple[Portable, Overrides]:
        """What another process needs to make the same options of its own environment.

        The key is never part of it, so one that was passed as an argument raises TypeError.
        """
        if not self.key_from_environment:
            raise TypeError(
                "a client whose secret_key was passed as an argument cannot be pickled, since the"
                " key would have to go along; let it come from VINR_SECRET_KEY in both processes"
            )
        overrides = Overrides(
            api_version=self.api_version,
            timeout=self.timeout,
            deadline=self.deadline,
            max_retries=self.max_retries,
            on_retry=self.on_retry,
            default_headers=dict(self.default_headers),
            middleware=self.middleware,
        )
        base_url = self.base_url if self.base_url_given else None
        return (
            Portable(base_url=base_url, engine=self.engine, allow_http=self.allow_http),
            overrides,
        )


def resolve_key(given: Secret) -> Secret:
    """The key to send: the argument, else ``VINR_SECRET_KEY``."""
    # os.environ is no local of any frame here: its repr would show the key
    key = Secret(os.environ.get(_KEY_NAME)) if given.is_missing else given
    if key.is_missing:
        raise ConfigurationError(
            "no secret key: pass secret_key= or set the environment variable VINR_SECRET_KEY;"
            f" without an account at VINR, start a sandbox: {START_PAGE}"
        )
    problem = key.problem()
    if problem is not None:
        raise ConfigurationError(problem)
    return key


def resolve_base_url(base_url: str | None, key: Secret, *, allow_http: bool) -> str:
    """The host to call: the argument, else ``VINR_BASE_URL``, else by the key's prefix.

    ``allow_http``, or ``VINR_ALLOW_HTTP=1``, lets a test key go to another host unencrypted.
    """
    if not isinstance(allow_http, bool):
        raise ConfigurationError(f"allow_http must be True or False, not {allow_http!r}")
    url = os.environ.get("VINR_BASE_URL") if base_url is None else base_url
    if url is not None:
        allow_http = allow_http or os.environ.get("VINR_ALLOW_HTTP") == "1"
        name = "VINR_BASE_URL" if base_url is None else "base_url"
        return _checked_url(name, url, key, allow_http=allow_http)
    if key.is_live or key.is_test:
        return LIVE_HOST if key.is_live else TEST_HOST
    raise ConfigurationError(
        "the key's prefix does not say which host to call: VINR's secret keys begin with"
        " sk_live_, sk_test_, rk_live_ or rk_test_; for another kind of key pass base_url="
    )


def _checked_url(name: str, url: object, key: Secret, *, allow_http: bool) -> str:
    if not isinstance(url, str) or not all("!" <= char <= "~" for char in url):
        raise ConfigurationError(f"{name} must be a URL of printable ASCII characters")
    parts = split_url(url)
    if "://" not in url:
        scheme = "http" if _is_here(url) else "https"
        raise ConfigurationError(
            f"{name} lacks its scheme: {scheme}:// has to stand before the host, as in"
            f" {scheme}://host/v1"
        )
    if parts is None:
        raise ConfigurationError(f"{name} is no valid URL; look at its host and port")
    if parts.username is not None or parts.password is not None:
        raise ConfigurationError(f"{name} must not hold a user name or password")
    if parts.scheme not in ("http", "https"):
        raise ConfigurationError(f"{name} must be an http or https URL, not {url!r}")
    if "?" in url or "#" in url or "\\" in url:
        raise ConfigurationError(f"{name} must not hold a query, a fragment or a backslash")
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        _check_unencrypted(parts.hostname, key, allow_http=allow_http)
    return url.rstrip("/")


def _is_here(url: str) -> bool:
    parts = split_url(f"//{url}")
    return parts is not None and is_loopback(parts.hostname or "")


def _check_unencrypted(host: str | None, key: Secret, *, allow_http: bool) -> None:
    if not allow_http:
        raise ConfigurationError(
            f"base_url would send the secret key unencrypted to {host}; use https, or pass"
            " allow_http=True (VINR_ALLOW_HTTP=1) where that is a sandbox in a network of your own"
        )
    if not key.is_test:
        raise ConfigurationError(
            f"allow_http is for test keys alone (sk_test_, rk_test_): this key would go to {host}"
            " unencrypted; use https"
        )


def asks_for_log() -> bool:
    """Whether ``VINR_LOG=debug`` asks to see the log on standard error."""
    return os.environ.get("VINR_LOG", "").lower() == "debug"


def _check_version(version: object) -> None:
    if not isinstance(version, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", version):
        raise ConfigurationError(f"api_version must be a date as YYYY-MM-DD, not {version!r}")


def _check_seconds(name: str, value: object) -> None:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not (is_number and 0 < cast("float", value) <= MOST_SECONDS):
        raise ConfigurationError(
            f"{name} must be a number of seconds above zero, at most {MOST_SECONDS}, not {value!r}"
        )


def _check_callback(value: object) -> None:
    called = getattr(value, "__call__", None)  # noqa: B004  # an object may have an async one
    if not callable(value) or any(map(inspect.iscoroutinefunction, (value, called))):
        raise ConfigurationError("on_retry must be a plain function of one argument, not async")


def _check_engine(value: object) -> None:
    if value not in get_args(EngineName):
        raise ConfigurationError(f'engine must be "httpx" or "fast", not {value!r}')
    if value == "fast" and find_spec("pycurl") is None:
        raise ConfigurationError(
            "the fast engine is an extra that is not installed: pip install 'vinr[fast]'"
        )


def _check_retries(value: object) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_RETRIES:
        raise ConfigurationError(
            f"max_retries must be a whole number from 0 to {MOST_RETRIES}, not {value!r}"
        )

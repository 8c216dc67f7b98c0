"""Which key, host and program a command uses: a profile's, or the environment's."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import click
from pydantic import SecretStr

from .. import RetryEvent, Vinr
from .._config import LIVE_HOST, TEST_HOST
from . import profiles
from .exit_codes import ExitCode
from .failures import Failure
from .invocation import invocation

_LIVE: Final = ("sk_live_", "rk_live_")
_TEST: Final = ("sk_test_", "rk_test_")
_PROFILES: Final = "https://vinr.readthedocs.io/en/stable/command-line/#keys-and-profiles"
_LONG_WAIT: Final = 1.0
"""Seconds, from which on a person wonders."""

START_THE_SANDBOX: Final = """\
To try it without VINR, start a sandbox, and in a second terminal tell the command where it is:
  vinr sandbox serve
  export VINR_SECRET_KEY=sk_test_anything VINR_BASE_URL=http://127.0.0.1:8321/v1"""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a client is made with. No text shows the key."""

    secret_key: SecretStr
    source: str
    """Where the key comes from, in words."""
    base_url: str | None = None
    program: str | None = None
    api_version: str | None = None
    allow_http: bool = False

    @property
    def is_test_key(self) -> bool:
        """Whether the key can reach test data alone, as its prefix says."""
        return self.secret_key.get_secret_value().startswith(_TEST)

    @property
    def kind_of_key(self) -> str:
        """In words, by its prefix."""
        key = self.secret_key.get_secret_value()
        if not key.startswith((*_TEST, *_LIVE)):
            return "a key of unknown kind"
        scope = "secret" if key.startswith("sk_") else "restricted"
        return f"a {scope} {'test' if self.is_test_key else 'LIVE'} key"

    @property
    def host(self) -> str:
        """The base URL that the key is sent to."""
        return self.base_url or _host_of(self.secret_key.get_secret_value())

    def client(self, *, max_retries: int = 2) -> Vinr:
        """A client; raises ConfigurationError where these settings cannot work."""
        waits_are_said = sys.stderr.isatty() and not invocation().quiet
        return Vinr(
            secret_key=self.secret_key.get_secret_value(),
            base_url=self.base_url,
            api_version=self.api_version,
            allow_http=self.allow_http,
            max_retries=max_retries,
            on_retry=_say_wait if waits_are_said else None,
        )

    def program_or(self, option: str | None) -> str:
        """The program that the option names, else the profile's."""
        program = option or self.program
        if program is None:
            raise click.UsageError("say which program: --program, or program in the profile")
        return program


@dataclass(frozen=True, slots=True)
class Session:
    """An open client, and what it was made with."""

    client: Vinr
    settings: Settings


@contextmanager
def connected() -> Generator[Session]:
    """A client by the command's profile or environment, open as long as the block runs."""
    settings = find_settings()
    with settings.client() as client:
        yield Session(client, settings)


def find_settings() -> Settings:
    """``--profile``; else the environment's key; else the profile ``default``."""
    name = invocation().profile
    if name is not None:
        profile = profiles.find(name)
        if profile is None:
            raise click.UsageError(
                f'there is no profile "{name}" in {profiles.path()};'
                f" what to write there: {_PROFILES}"
            )
        return _of_profile(name, profile)
    key = os.environ.get("VINR_SECRET_KEY")
    if key is not None:
        return Settings(
            secret_key=SecretStr(key),
            source="the environment variable VINR_SECRET_KEY",
            base_url=os.environ.get("VINR_BASE_URL"),
        )
    profile = profiles.find(profiles.DEFAULT)
    if profile is not None:
        return _of_profile(profiles.DEFAULT, profile)
    raise Failure(
        "there is no key: set VINR_SECRET_KEY, or write a profile into"
        f" {profiles.path()}.\n{START_THE_SANDBOX}",
        ExitCode.KEY,
    )


def _say_wait(event: RetryEvent) -> None:
    # not by say(): it is told in any thread, and click's context is of one
    if event.wait >= _LONG_WAIT:
        click.echo(f"{event.error.message}; trying again in {event.wait:.0f} s", err=True)


def _of_profile(name: str, profile: profiles.Profile) -> Settings:
    key = profiles.key_of(name, profile)
    return Settings(
        secret_key=key,
        source=f'the profile "{name}"',
        # not the environment's host: it may be another one's than this key's
        base_url=profile.base_url or _host_of(key.get_secret_value()),
        program=profile.program,
        api_version=profile.api_version,
        allow_http=profile.allow_http,
    )


def _host_of(key: str) -> str:
    if key.startswith(_LIVE):
        return LIVE_HOST
    if key.startswith(_TEST):
        return TEST_HOST
    raise Failure(
        "the key's prefix does not say which host to call: VINR's secret keys begin with sk_live_,"
        " sk_test_, rk_live_ or rk_test_; for another kind of key name the host: base_url in the"
        " profile, or VINR_BASE_URL",
        ExitCode.KEY,
    )

"""Profiles: named keys and hosts in a TOML file under the platform's configuration folder."""

from __future__ import annotations

import shlex
import stat
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path
from typing import ClassVar, Final, Protocol, cast

import click
import platformdirs
from pydantic import BaseModel, ConfigDict, SecretStr, ValidationError, model_validator

from .exit_codes import ExitCode
from .failures import Failure

DEFAULT: Final = "default"
"""The profile that counts where neither an option nor the environment names a key."""


class Profile(BaseModel):
    """One table of the file. The key is given in one of three ways, of which two keep it out."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid", frozen=True, hide_input_in_errors=True, strict=True
    )

    secret_key: SecretStr | None = None
    secret_key_command: str | list[str] | None = None
    """Prints the key; run without a shell."""
    secret_key_keyring: str | None = None
    """The service in the system's keyring; the user name there is the profile's name."""
    base_url: str | None = None
    program: str | None = None
    api_version: str | None = None
    allow_http: bool = False

    @model_validator(mode="after")
    def _one_key(self) -> Profile:
        ways = (self.secret_key, self.secret_key_command, self.secret_key_keyring)
        if sum(way is not None for way in ways) != 1:
            raise ValueError(
                "name the key in one way: secret_key_command, secret_key_keyring or secret_key"
            )
        return self


def path() -> Path:
    """The file, whether it exists or not."""
    return platformdirs.user_config_path("vinr", appauthor=False) / "profiles.toml"


def find(name: str) -> Profile | None:
    """The profile of this name; None where the file or the profile is missing."""
    try:
        text = path().read_text("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(str(error)) from None
    try:
        profiles = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _unusable(str(error)) from None
    if name not in profiles:
        return None
    try:
        profile = Profile.model_validate(profiles[name])
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        field = ".".join(map(str, (name, *first["loc"])))
        raise _unusable(f"{field}: {first['msg']}") from None
    if profile.secret_key is not None:
        _warn_where_others_can_read()
    return profile


def key_of(name: str, profile: Profile) -> SecretStr:
    """The profile's key, from where it is kept."""
    if profile.secret_key is not None:
        return profile.secret_key
    if profile.secret_key_command is not None:
        return _from_command(name, profile.secret_key_command)
    return _from_keyring(name, profile.secret_key_keyring or "")


def _from_command(name: str, command: str | list[str]) -> SecretStr:
    words: list[str] = []
    try:
        words = shlex.split(command) if isinstance(command, str) else command
        run = subprocess.run(  # noqa: S603 - the user's own command
            words,
            # what is piped to vinr is for vinr; a person at the terminal may be asked
            stdin=None if sys.stdin.isatty() else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    except subprocess.CalledProcessError as error:
        problem = f"it ended with {error.returncode}"
    except OSError as error:
        problem = f"{error.strerror}: {words[0]}"
    except (ValueError, IndexError):
        problem = "it is no command"
    else:
        return SecretStr(run.stdout.strip())
    raise Failure(
        f'the secret_key_command of the profile "{name}" gave no key: {problem}', ExitCode.KEY
    )


class _Keyring(Protocol):
    def get_password(self, service_name: str, username: str) -> str | None: ...


def _from_keyring(name: str, service: str) -> SecretStr:
    try:
        keyring = cast(_Keyring, import_module("keyring"))
    except ModuleNotFoundError:
        raise Failure(
            f'the profile "{name}" keeps its key in the keyring: pip install "vinr[keyring]"',
            ExitCode.KEY,
        ) from None
    try:
        key = keyring.get_password(service, name)
    except Exception as error:  # noqa: BLE001 - each backend has failures of its own
        raise Failure(f"the keyring cannot be read: {error}", ExitCode.KEY) from None
    if key is None:
        raise Failure(
            f"the keyring has no such key; store it with: keyring set {service} {name}",
            ExitCode.KEY,
        )
    return SecretStr(key)


def _warn_where_others_can_read() -> None:
    mode = path().stat().st_mode
    if sys.platform != "win32" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        click.echo(
            f"WARNING: others on this machine can read the key in {path()}; "
            f"run: chmod 600 {shlex.quote(str(path()))}",
            err=True,
        )


def _unusable(problem: str) -> Failure:
    return Failure(f"the profiles in {path()} cannot be used: {problem}", ExitCode.USAGE)

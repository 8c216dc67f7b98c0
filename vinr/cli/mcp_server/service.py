"""The loyalty service that the tools work on: a sandbox in this process, test data or live data."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from pydantic import SecretStr

from ... import Vinr
from ...sandbox import Sandbox
from ..exit_codes import ExitCode
from ..failures import Failure
from ..settings import Session, Settings, find_settings
from .made_up_members import make_up

Mode: TypeAlias = Literal["sandbox", "test", "live"]

_IN_SANDBOX: Final = Settings(SecretStr("sk_test_sandbox"), "the sandbox in this process")
_DATA: Final[dict[Mode, str]] = {
    "sandbox": "made-up members in a sandbox of its own",
    "test": "VINR's test data",
    "live": "LIVE data: real members and real points",
}


@dataclass(frozen=True, slots=True)
class Service:
    """A client, and the kind of data that it reaches."""

    session: Session
    mode: Mode

    @property
    def client(self) -> Vinr:
        """For the tools' calls."""
        return self.session.client

    @property
    def data(self) -> str:
        """What the tools work on, in words."""
        return _DATA[self.mode]


@contextmanager
def opened(mode: Mode) -> Generator[Service]:
    """The service, open as long as the block runs; Failure for a key of another kind of data."""
    if mode == "sandbox":
        with Sandbox() as sandbox, sandbox.client() as client:
            make_up(sandbox)
            yield in_sandbox(client)
        return
    settings = find_settings()
    _refuse_other_data(settings, mode)
    with settings.client() as client:
        yield Service(Session(client, settings), mode)


def in_sandbox(client: Vinr) -> Service:
    """The service behind a sandbox's client: no key is read."""
    return Service(Session(client, _IN_SANDBOX), "sandbox")


def _refuse_other_data(settings: Settings, mode: Mode) -> None:
    """A key that cannot be told to be of test data counts as one of live data."""
    if settings.is_test_key == (mode == "test"):
        return
    found = f"{settings.source} has {settings.kind_of_key}"
    if mode == "test":
        advice = "give it a test key; where real members and points are meant, say --live"
    else:
        advice = "--live takes live keys alone; where test data is meant, say --test"
    raise Failure(f"{found}, and --{mode} was said: {advice}. Nothing was sent.", ExitCode.KEY)

"""``vinr doctor``: is everything in place, and if not, what to do."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, requires, version
from typing import Final, Literal

import click

from .. import (
    ConfigurationError,
    LastResponse,
    PermissionDeniedError,
    Vinr,
    VinrError,
    __version__,
)
from .exit_codes import ExitCode, exit_code_of
from .failures import described
from .invocation import output_options, profile_option
from .output import write
from .settings import find_settings

_COLUMNS = ("check", "status", "detail", "action")
_REQUIREMENT: Final = re.compile(r"""([\w.-]+).*;.*extra == ['"](\w+)['"]""")
"""Of an extra, as the package's metadata has it."""
_OF_THE_PROJECT: Final = ("dev", "docs", "examples", "gates", "scale")
"""Extras for work on vinr itself, which no user wants."""

_WEBHOOK_TOLERANCE: Final = timedelta(seconds=300)
_NOTABLE_SKEW: Final = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the report."""

    check: str
    status: Literal["ok", "note", "problem"]
    detail: str
    action: str = ""


@click.command()
@profile_option
@output_options
def doctor() -> None:
    """Check key, host, connection, clock, versions and extras; say what to do about each problem.

    Nothing is changed: one page of members is read. The key itself is never shown. The exit code is
    that of the first problem: 4 for the key, 75 where VINR cannot be reached, 1 for the clock.

    \b
    Examples:
      vinr doctor
      vinr doctor --profile live --format json
    """
    problems: list[ExitCode] = []
    write((asdict(each) for each in _checks(problems)), _COLUMNS)
    if problems:
        raise click.exceptions.Exit(problems[0])


def _checks(problems: list[ExitCode]) -> Iterator[Check]:
    libraries = ", ".join(f"{name} {version(name)}" for name in ("httpx", "pydantic", "click"))
    python = platform.python_version()
    yield Check("versions", "ok", f"vinr {__version__}, Python {python}, {libraries}")
    yield _extras()
    try:
        settings = find_settings()
        host = settings.host
        client = settings.client(max_retries=0)
    except click.ClickException as error:
        problems.append(ExitCode(error.exit_code))
        yield _problem("key", error.format_message(), "name a key, or a profile that has one")
        return
    except ConfigurationError as error:
        problems.append(exit_code_of(error))
        yield _problem(
            "key", error.message, "mend VINR_SECRET_KEY and VINR_BASE_URL, or the profile"
        )
        return
    yield Check("key", "ok", f"{settings.kind_of_key}, from {settings.source}")
    yield Check("host", "ok", host)
    with client:
        yield from _service(client, problems)


def _problem(check: str, message: str, action: str) -> Check:
    first, *more = (line.strip() for line in message.splitlines())
    return Check(check, "problem", first, "; ".join(more).replace(":; ", ": ") or action)


def _extras() -> Check:
    missing, installed = (sorted(each) for each in _missing_and_installed())
    if not missing:
        return Check("extras", "ok", f"installed: {', '.join(installed)}")
    return Check(
        "extras",
        "ok",
        f"installed: {', '.join(installed)}; not installed: {', '.join(missing)}",
        f'where one is wanted: pip install "vinr[{",".join(missing)}]"',
    )


def _missing_and_installed() -> tuple[set[str], set[str]]:
    missing: set[str] = set()
    extras: set[str] = set()
    for requirement in requires("vinr") or ():
        found = _REQUIREMENT.match(requirement)
        if found and found[2] not in _OF_THE_PROJECT:
            extras.add(found[2])
            try:
                version(found[1])
            except PackageNotFoundError:
                missing.add(found[2])
    return missing, extras - missing


def _service(client: Vinr, problems: list[ExitCode]) -> Iterator[Check]:
    try:
        response = client.loyalty.accounts.list(limit=1).last_response
    except PermissionDeniedError as error:
        yield Check("connection", "note", described(error), "ask for a key that may list members")
    except VinrError as error:
        problems.append(exit_code_of(error))
        yield _problem("connection", described(error), _advice(error))
    else:
        seconds = response.elapsed
        yield Check("connection", "ok", f"members can be read; answered in {seconds:.3f} s")
        yield _clock(response, problems)


def _advice(error: VinrError) -> str:
    if exit_code_of(error) is ExitCode.KEY:
        return "copy the key anew from VINR's dashboard; compare its kind with the host"
    return "try again later; look at the host, the network, the proxy"


def _clock(response: LastResponse, problems: list[ExitCode]) -> Check:
    try:
        told = parsedate_to_datetime(response.headers.get("date", ""))
    except ValueError:
        return Check("clock", "note", "the answer has no Date, so the clock was not compared")
    skew = datetime.now(UTC) - told.astimezone(UTC)
    seconds = abs(skew.total_seconds())
    detail = f"{seconds:.0f} s {'ahead of' if skew > timedelta(0) else 'behind'} VINR's"
    if abs(skew) <= _NOTABLE_SKEW:
        return Check("clock", "ok", detail)
    action = "set this machine's clock, by NTP"
    if abs(skew) <= _WEBHOOK_TOLERANCE:
        return Check("clock", "note", detail, action)
    problems.append(ExitCode.FAILURE)
    return Check("clock", "problem", f"{detail}: webhooks will be refused", action)

"""The exit codes of the command, and which one an error ends with."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import Final

from ..errors import (
    APIConnectionError,
    APIStatusError,
    AuthenticationError,
    ConfigurationError,
    ConflictError,
    InvalidRequestError,
    NotFoundError,
    PermissionDeniedError,
    VinrError,
)


class ExitCode(IntEnum):
    """What a shell script branches on."""

    OK = 0
    FAILURE = 1
    USAGE = 2
    NOT_FOUND = 3
    KEY = 4
    REFUSED = 5
    PARTIAL = 6
    OUTCOME_UNKNOWN = 7
    TRY_LATER = 75
    """``EX_TEMPFAIL`` of sysexits.h."""
    INTERRUPTED = 130
    """128 and the number of SIGINT, as shells have it."""


MEANINGS: Final[Mapping[ExitCode, str]] = MappingProxyType(
    {
        ExitCode.OK: "Done.",
        ExitCode.FAILURE: "Failed in another way, or not confirmed.",
        ExitCode.USAGE: "The command line is wrong; nothing was sent.",
        ExitCode.NOT_FOUND: "There is no such member or object.",
        ExitCode.KEY: "The key is missing or wrong, or VINR refuses it.",
        ExitCode.REFUSED: "VINR refuses it: a conflict, or impossible in this state.",
        ExitCode.PARTIAL: "A part failed, or points do not add up.",
        ExitCode.OUTCOME_UNKNOWN: "No answer came; the command that settles it is printed.",
        ExitCode.TRY_LATER: "Not now: rate limit, outage, no connection.",
        ExitCode.INTERRUPTED: "Interrupted by Ctrl-C.",
    }
)

_BY_CLASS: Final = (
    (InvalidRequestError, ExitCode.USAGE),
    ((ConfigurationError, AuthenticationError, PermissionDeniedError), ExitCode.KEY),
    (NotFoundError, ExitCode.NOT_FOUND),
    (ConflictError, ExitCode.REFUSED),
    (APIConnectionError, ExitCode.TRY_LATER),
)
_LATER: Final = frozenset({408, 425, 429, 502, 503, 504})


def exit_code_of(error: VinrError) -> ExitCode:
    """The exit code of a command that this error ends."""
    if error.outcome_unknown:
        return ExitCode.OUTCOME_UNKNOWN
    for classes, code in _BY_CLASS:
        if isinstance(error, classes):
            return code
    if error.status in _LATER:
        return ExitCode.TRY_LATER
    is_refusal = isinstance(error, APIStatusError) and (error.status or 500) < 500
    return ExitCode.REFUSED if is_refusal else ExitCode.FAILURE

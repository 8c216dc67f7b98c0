"""What a failed command says on standard error, and the exit code it ends with."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

import click

from ..errors import APIConnectionError, VinrError
from .exit_codes import ExitCode, exit_code_of
from .invocation import invocation


class Failure(click.ClickException):
    """Ends the command with a message and an exit code."""

    def __init__(self, message: str, code: ExitCode) -> None:
        super().__init__(message)
        # click reads it from the object
        self.exit_code: int = code  # type: ignore[misc]


@contextmanager
def reported() -> Generator[None]:
    """Failures of the block, of VINR's or by Ctrl-C, as a message and an exit code."""
    try:
        yield
    except VinrError as error:
        raise Failure(described(error), exit_code_of(error)) from None
    except (KeyboardInterrupt, click.Abort):
        raise Failure("interrupted", ExitCode.INTERRUPTED) from None


@contextmanager
def settled_by(option: str, value: str) -> Generator[None]:
    """Where the block's write may have been executed, say which command settles it.

    It is the same command with an option that makes VINR do it once, however often it is run.
    """
    try:
        yield
    except VinrError as error:
        if not error.outcome_unknown:
            raise
        message = f"{described(error)}\n{_settling(option, value)}"
        raise Failure(message, ExitCode.OUTCOME_UNKNOWN) from None
    except KeyboardInterrupt:
        message = f"interrupted\n{_settling(option, value)}"
        raise Failure(message, ExitCode.INTERRUPTED) from None


def described(error: VinrError) -> str:
    """The error's message, with the id that VINR's support asks for."""
    message = error.message
    if error.request_id and error.request_id not in message:
        message = f"{message} (request {error.request_id})"
    at_home = "127.0.0.1" in message or "localhost" in message
    if isinstance(error, APIConnectionError) and at_home:
        message = f"{message}\nIs the sandbox running? It is started by: vinr sandbox serve"
    return message


def _settling(option: str, value: str) -> str:
    command = invocation().with_option(option, value)
    return f"To learn whether VINR did it, run this; nothing will happen twice:\n  {command}"

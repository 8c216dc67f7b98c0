"""What a failed tool says to the model: what happened, to what, and what to do next."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

import click
from mcp.server.mcpserver.exceptions import ToolError

from ...errors import VinrError
from ..exit_codes import ExitCode, exit_code_of
from ..failures import described

P = ParamSpec("P")
R = TypeVar("R")

_NEXT = {
    ExitCode.NOT_FOUND: "find_members tells which accounts there are.",
    ExitCode.KEY: "No tool can mend it: tell the person who started this server.",
    ExitCode.REFUSED: "This call changed nothing.",
    ExitCode.TRY_LATER: "This call changed nothing. Try again later.",
}


def reporting(tool: Callable[P, R]) -> Callable[P, R]:
    """The tool, whose failures become errors that the model reads."""

    @wraps(tool)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with _reported():
            return tool(*args, **kwargs)

    # mcp reads them, and wraps() of Python 3.14 does not bring those that are texts
    run.__annotations__ = inspect.get_annotations(tool)
    return run


@contextmanager
def repeatable(tool: str, token: str) -> Generator[None]:
    """Where the block's write may have been executed, the error says how that is settled."""
    try:
        yield
    except VinrError as error:
        if not error.outcome_unknown:
            raise
        raise ToolError(
            f"{described(error)}. No answer came, so it may have been done or not. Call {tool}"
            f" again with the same token, {token}: that settles it, and nothing happens twice."
        ) from None


@contextmanager
def _reported() -> Generator[None]:
    try:
        yield
    except VinrError as error:
        words = [described(error), _NEXT.get(exit_code_of(error), "")]
        raise ToolError(". ".join(filter(None, words))) from None
    except click.ClickException as error:
        raise ToolError(error.message) from None

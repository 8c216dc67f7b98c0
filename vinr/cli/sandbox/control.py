"""Steers a sandbox by its control side, ``/_sandbox/``: a running one, or a file's."""

from __future__ import annotations

import logging
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Final, Literal, cast

import click
import httpx

from ..exit_codes import ExitCode
from ..failures import Failure
from ..invocation import CommandT
from .opening import opened

_DEFAULT_URL: Final = "http://127.0.0.1:8321/v1"
_EXIT_CODES: Final[Mapping[int, ExitCode]] = {
    400: ExitCode.USAGE,
    404: ExitCode.NOT_FOUND,
    409: ExitCode.REFUSED,
    422: ExitCode.REFUSED,
}

url_option: Final = click.option(
    "--url",
    envvar="VINR_BASE_URL",
    show_envvar=True,
    default=_DEFAULT_URL,
    show_default=True,
    help="A running sandbox, as `serve` prints it.",
)


def target_options(command: CommandT) -> CommandT:
    """``--url`` and ``--db``: which sandbox."""
    db = click.option(
        "--db",
        metavar="FILE",
        type=click.Path(exists=True, dir_okay=False),
        help="The sandbox in this file, in place of a running one.",
    )
    return url_option(db(command))


class Control:
    """The control side of one sandbox. No key is sent."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def call(
        self,
        method: Literal["GET", "POST", "DELETE"],
        path: str,
        parameters: Mapping[str, object] | None = None,
    ) -> Mapping[str, object]:
        """What it answers; a refusal ends the command with the sandbox's own words."""
        given = {name: value for name, value in (parameters or {}).items() if value is not None}
        try:
            response = self._client.request(
                method, f"/_sandbox/{path}", json=None if parameters is None else given
            )
        except httpx.TransportError as error:
            raise Failure(
                f"no sandbox answers at {self._client.base_url} ({error}); start one with:"
                " vinr sandbox serve",
                ExitCode.TRY_LATER,
            ) from None
        answer = _object(response)
        if not response.is_success or answer is None:
            code = _EXIT_CODES.get(response.status_code, ExitCode.FAILURE)
            raise Failure(self._problem(response, answer), code)
        return answer

    def _problem(self, response: httpx.Response, answer: object) -> str:
        match answer:
            case {"error": {"message": str(message)}}:
                return message
            case _:
                where = self._client.base_url
                return f"{where} is no sandbox: it answers with status {response.status_code}"


def _object(response: httpx.Response) -> Mapping[str, object] | None:
    try:
        value: object = response.json()
    except ValueError:
        return None
    return cast("dict[str, object]", value) if isinstance(value, dict) else None


@contextmanager
def steered(db: str | None, url: str) -> Generator[Control]:
    """The sandbox in the file, else the one that runs at the URL."""
    if db is not None:
        # what it logs of a damaged file is told in a line, too
        logging.getLogger("vinr.sandbox").addHandler(logging.NullHandler())
        with opened(path=db) as sandbox:
            transport = sandbox.transport()
            with httpx.Client(transport=transport, base_url="http://127.0.0.1") as client:
                yield Control(client)
        return
    origin = url.removesuffix("/").removesuffix("/v1")
    try:
        # without the environment's proxy, which does not lead to this machine
        client = httpx.Client(base_url=origin, trust_env=False)
    except httpx.InvalidURL as error:
        raise click.UsageError(f"--url is no URL: {error}") from None
    if client.base_url.scheme not in ("http", "https"):
        raise click.UsageError(f"--url begins with http://, unlike {url!r}")
    with client:
        yield Control(client)

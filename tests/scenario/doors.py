"""The ways to call a sandbox: clients in process and over HTTP, and curl."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, Final, Protocol

import pytest
from pydantic import TypeAdapter

from tests.scenario import curl
from tests.scenario.clients import async_caller, sync_caller
from tests.scenario.steps import Json
from vinr import AsyncVinr, Vinr
from vinr.sandbox import Fault, Sandbox

Tell = Callable[[str, Json], Json]

_FAULTS: Final[TypeAdapter[list[Fault]]] = TypeAdapter(list[Fault])


class Caller(Protocol):
    def call(self, name: str, given: Json) -> Json: ...


@contextmanager
def in_process(sandbox: Sandbox) -> Generator[tuple[Caller, Tell]]:
    with sandbox.client(max_retries=0) as client:
        yield sync_caller(client), lambda what, given: told_in_python(sandbox, what, given)


@contextmanager
def in_process_async(sandbox: Sandbox) -> Generator[tuple[Caller, Tell]]:
    with asyncio.Runner() as runner:
        client = sandbox.async_client(max_retries=0)
        yield async_caller(client, runner), lambda what, given: told_in_python(sandbox, what, given)
        runner.run(client.close())


@contextmanager
def over_http(sandbox: Sandbox) -> Generator[tuple[Caller, Tell]]:
    with (
        sandbox.serve() as url,
        Vinr(secret_key=curl.KEY, base_url=url, max_retries=0) as client,
    ):
        yield sync_caller(client), curl.CurlCaller(url).tell


@contextmanager
def over_http_async(sandbox: Sandbox) -> Generator[tuple[Caller, Tell]]:
    with sandbox.serve() as url, asyncio.Runner() as runner:
        client = AsyncVinr(secret_key=curl.KEY, base_url=url, max_retries=0)
        yield async_caller(client, runner), curl.CurlCaller(url).tell
        runner.run(client.close())


@contextmanager
def by_curl(sandbox: Sandbox) -> Generator[tuple[Caller, Tell]]:
    with sandbox.serve() as url:
        caller = curl.CurlCaller(url)
        yield caller, caller.tell


def told_in_python(sandbox: Sandbox, what: str, given: Json) -> Json:
    """The control side as Python has it, answering as it does over HTTP."""
    match what.split("/"):
        case ["clock"]:
            return {"now": int(sandbox.clock.advance(**given).timestamp())}
        case ["faults"]:
            sandbox.faults.add(given["operation"], _FAULTS.validate_python(given["faults"]))
            return {}
        case ["simulate", happening]:
            happened: Any = getattr(sandbox.simulate, happening)(**given)
            return {"transaction": happened and happened.model_dump(mode="json")}
        case _:
            assert what == "check"
            return {"findings": sandbox.check()}


every_caller: Final = pytest.mark.parametrize(
    "caller",
    [
        pytest.param(in_process, id="sync client, in process"),
        pytest.param(in_process_async, id="async client, in process"),
        pytest.param(over_http, id="sync client, over HTTP"),
        pytest.param(over_http_async, id="async client, over HTTP"),
        pytest.param(by_curl, id=curl.NAME),
    ],
)

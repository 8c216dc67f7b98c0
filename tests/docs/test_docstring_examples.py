"""Every ``Example:`` in a docstring runs, against a service that is new for each."""

from __future__ import annotations

import ast
import asyncio
import inspect
import re
import textwrap
from collections.abc import Coroutine
from typing import Final

import pytest

import vinr
from tests.docs.shell import ROOT
from vinr import AsyncVinr, Vinr, bulk, export, reports, sandbox

_BLOCK: Final = re.compile(r"^( +)```python\n(.*?)^ +```$", re.MULTILINE | re.DOTALL)
_GIVEN: Final = {
    "AsyncVinr": AsyncVinr,
    "Vinr": Vinr,
    "Webhook": vinr.Webhook,
    "bulk": bulk,
    "export": export,
    "payload": b'{"id": "evt_1", "type": "t", "data": {"object": {}}, "created": 1}',
    "reports": reports,
    **{name: getattr(sandbox, name) for name in sandbox.__all__},
}
_EXAMPLES: Final = [
    pytest.param(textwrap.dedent(block[2]), id=f"{path.relative_to(ROOT).as_posix()}-{number}")
    for path in sorted((ROOT / "vinr").rglob("*.py"))
    for number, block in enumerate(_BLOCK.finditer(path.read_text("utf-8")), 1)
]


@pytest.mark.parametrize("source", _EXAMPLES)
@pytest.mark.usefixtures("reader")
def test_the_example_runs(source: str) -> None:
    with Vinr() as client, sandbox.Sandbox() as stand_in:
        accounts = client.loyalty.accounts
        new = [accounts.create(program="prog_default", customer=f"cust_{n}").id for n in (8, 9)]
        given: dict[str, object] = {**_GIVEN, "sandbox": stand_in, "account": new[0]}
        given["duplicate"] = new[1]
        code = compile(source, "example", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        if code.co_flags & inspect.CO_COROUTINE:
            asyncio.run(_in_a_task(code, given))
        else:
            exec(code, {**given, "client": client})  # noqa: S102  # our own examples


async def _in_a_task(code: object, given: dict[str, object]) -> None:
    async with AsyncVinr() as client:
        running = eval(code, {**given, "client": client})  # type: ignore[arg-type]  # noqa: S307  # code of our own
        assert isinstance(running, Coroutine)
        await running

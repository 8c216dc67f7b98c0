"""Calls tools as an assistant does: by the mcp package's own client."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

import anyio
from mcp import Client
from mcp.server.mcpserver import MCPServer
from mcp.types import CallToolResult, TextContent, Tool


@dataclass(frozen=True, slots=True)
class Assistant:
    """A client of one server, which is in this process."""

    server: MCPServer[object]

    def call(self, tool: str, **arguments: object) -> CallToolResult:
        """An answer or an error."""
        return anyio.run(self._call, tool, arguments)

    def answer(self, tool: str, **arguments: object) -> dict[str, Any]:
        """What a tool answers."""
        return answer_of(self.call(tool, **arguments))

    def refusal(self, tool: str, **arguments: object) -> str:
        """Why a tool failed, in its words."""
        return refusal_of(self.call(tool, **arguments))

    def at_once(self, tool: str, times: int, **arguments: object) -> list[dict[str, Any]]:
        """The answers to the same call, made so many times at once."""
        return [answer_of(each) for each in anyio.run(self._together, tool, times, arguments)]

    def tools(self) -> Sequence[Tool]:
        """The tools there are."""
        return anyio.run(self._tools)

    def instructions(self) -> str:
        """What the server says of itself."""
        return anyio.run(self._instructions)

    async def _call(self, tool: str, arguments: dict[str, Any]) -> CallToolResult:
        async with Client(self.server) as client:
            return await client.call_tool(tool, arguments)

    async def _together(
        self, tool: str, times: int, arguments: dict[str, Any]
    ) -> list[CallToolResult]:
        results: list[CallToolResult] = []

        async def call(client: Client) -> None:
            results.append(await client.call_tool(tool, arguments))

        async with Client(self.server) as client, anyio.create_task_group() as tasks:
            for _ in range(times):
                tasks.start_soon(partial(call, client))
        return results

    async def _tools(self) -> Sequence[Tool]:
        async with Client(self.server) as client:
            return (await client.list_tools()).tools

    async def _instructions(self) -> str:
        async with Client(self.server) as client:
            return client.instructions or ""


def answer_of(result: CallToolResult) -> dict[str, Any]:
    """The structured content of an answer."""
    assert not result.is_error, result.content
    return cast("dict[str, Any]", result.structured_content)


def refusal_of(result: CallToolResult) -> str:
    """The text of an error."""
    [content] = result.content
    assert isinstance(content, TextContent)
    assert result.is_error, content.text
    return content.text

"""The command as a client starts it: a process, and JSON-RPC on its standard input and output."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from typing import Any, Final

import anyio
import pytest
from mcp import Client, StdioServerParameters, stdio_client

from tests.cli.mcp_server.assistant import answer_of, refusal_of
from tests.project.test_import import loaded_by
from vinr import Vinr
from vinr.loyalty import Account
from vinr.sandbox import Sandbox

SERVER: Final = ["-W", "error", "-m", "vinr", "mcp"]


def test_a_client_starts_it_and_corrects_in_the_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    environment = {**os.environ, "VINR_SECRET_KEY": "sk_live_1"}  # which is not read

    async def main() -> None:
        with tempfile.TemporaryFile("w+") as said:
            server = StdioServerParameters(command=sys.executable, args=SERVER, env=environment)
            async with Client(stdio_client(server, errlog=said)) as client:
                proposal = answer_of(
                    await client.call_tool(
                        "propose_correction",
                        {"member": "ben@example.test", "points": -45, "reason": "mistake"},
                    )
                )
                assert proposal["mode"] == "sandbox"
                token = {"token": proposal["token"]}
                for now in (True, False):
                    posted = answer_of(await client.call_tool("post_correction", token))
                    assert (posted["posted_now"], posted["balance"]) == (now, 100)
                refused = await client.call_tool("post_correction", {"token": "made-up"})
                assert "No proposal has the token made-up" in refusal_of(refused)
            said.seek(0)
            assert said.read() == (
                "vinr mcp works on made-up members in a sandbox of its own and waits for a client"
                " on standard input.\n"
            )

    anyio.run(main)


def test_it_reaches_a_served_sandbox_and_writes_json_rpc_alone(
    service: Sandbox, member: Account, vinr_client: Vinr
) -> None:
    arguments = [sys.executable, *SERVER, "--test"]
    with subprocess.Popen(
        arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None

        def ask(id: int, method: str, **params: object) -> dict[str, Any]:
            message = {"jsonrpc": "2.0", "id": id, "method": method, "params": params}
            print(json.dumps(message), file=process.stdin, flush=True)
            answer: dict[str, Any] = json.loads((process.stdout or sys.stdin).readline())
            assert (answer["jsonrpc"], answer["id"]) == ("2.0", id)
            result: dict[str, Any] = answer["result"]
            return result

        client = {"name": "test", "version": "1"}
        hello = ask(
            1,
            "initialize",
            protocolVersion="2025-06-18",
            capabilities={},
            clientInfo=client,
        )
        assert hello["serverInfo"]["name"] == "vinr"
        print('{"jsonrpc": "2.0", "method": "notifications/initialized"}', file=process.stdin)
        terms = {"member": member.id, "points": 70, "reason": "goodwill"}
        proposal = ask(2, "tools/call", name="propose_correction", arguments=terms)
        token = proposal["structuredContent"]["token"]
        ask(3, "tools/call", name="post_correction", arguments={"token": token})
        rest, said = process.communicate(timeout=30)
    assert (process.returncode, rest) == (0, "")
    assert "works on VINR's test data" in said
    assert "sk_test_operator" not in said
    [newest, _] = vinr_client.loyalty.transactions.list(account=member.id)
    assert (newest.amount, newest.metadata) == (70, {"reference": token})


def test_ctrl_c_ends_it_at_once() -> None:
    command = [sys.executable, *SERVER]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        assert process.stderr.readline().startswith(b"vinr mcp works on")
        process.send_signal(signal.SIGINT)
        try:
            assert process.wait(timeout=20) in (-signal.SIGINT, 130)
        finally:
            process.kill()


def test_the_manual_loads_no_mcp() -> None:
    code = (
        "import sys, contextlib, io; sys.argv = ['vinr', 'mcp', '--help']\n"
        "from vinr.cli import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit): main()\n"
        "pass"
    )
    loaded = loaded_by(f"exec({code!r})")
    assert "vinr.cli.mcp_server.command" in loaded
    assert not any(name.partition(".")[0] in ("mcp", "mcp_types", "pydantic") for name in loaded)

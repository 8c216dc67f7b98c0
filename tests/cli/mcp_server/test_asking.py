"""Before real points move the person at the client is asked, where the client can ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal, TypeAlias

import anyio
import pytest
from mcp import Client
from mcp.client.client import ConnectMode
from mcp.client.context import ClientRequestContext
from mcp.server.mcpserver import MCPServer
from mcp.types import CallToolResult, ElicitRequestParams, ElicitResult

from tests.cli.mcp_server.assistant import answer_of, refusal_of
from tests.cli.mcp_server.conftest import amounts, enrol
from vinr import Vinr
from vinr.cli.mcp_server.server import build
from vinr.cli.mcp_server.service import Mode, Service, in_sandbox
from vinr.loyalty import Account
from vinr.sandbox import LoseReply, Sandbox

Proposed: TypeAlias = tuple[str, dict[str, Any]]
"""A tool that proposes, and its arguments."""
Says: TypeAlias = Literal["yes", "no", "declines", "goes away"]
ANSWERS: dict[Says, ElicitResult] = {
    "yes": ElicitResult(action="accept", content={"approved": True}),
    "no": ElicitResult(action="accept", content={"approved": False}),
    "declines": ElicitResult(action="decline"),
    "goes away": ElicitResult(action="cancel"),
}
CORRECTION: Proposed = (
    "propose_correction",
    {"member": "cust_anna", "points": 50, "reason": "goodwill"},
)
MERGE: Proposed = ("propose_merge", {"source": "cust_card", "target": "cust_anna"})


@dataclass(slots=True)
class Person:
    """Somebody at the client."""

    says: Says
    asked: list[str] = field(default_factory=list[str])

    async def answer(
        self,
        context: ClientRequestContext,  # noqa: ARG002 - the client's signature
        params: ElicitRequestParams,
    ) -> ElicitResult:
        self.asked.append(params.message)
        return ANSWERS[self.says]


def live(client: Vinr, mode: Mode = "live") -> MCPServer[object]:
    return build(Service(in_sandbox(client).session, mode), read_only=False)


def propose_and(
    tool: str,
    server: MCPServer[object],
    proposal: Proposed,
    person: Person | None,
    times: int = 1,
    mode: ConnectMode = "auto",
) -> Sequence[CallToolResult]:
    async def main() -> Sequence[CallToolResult]:
        asking = None if person is None else person.answer
        async with Client(server, elicitation_callback=asking, mode=mode) as assistant:
            token = answer_of(await assistant.call_tool(*proposal))["token"]
            return [await assistant.call_tool(tool, {"token": token}) for _ in range(times)]

    return anyio.run(main)


post = partial(propose_and, "post_correction")
confirm = partial(propose_and, "confirm_merge")


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_who_says_yes_sees_what_is_posted(
    anna: Account, vinr_client: Vinr, mode: ConnectMode
) -> None:
    person = Person("yes")
    posted, again = post(live(vinr_client), CORRECTION, person, times=2, mode=mode)
    assert (answer_of(posted)["posted_now"], answer_of(again)["posted_now"]) == (True, False)
    [question] = person.asked
    assert question == (
        f"Post +50 points to {anna.id} (cust_anna), on LIVE data: real members and real points?"
        " The reason that was given: goodwill"
    )
    assert amounts(vinr_client, anna.id) == [50, 200]


@pytest.mark.parametrize("mode", ["auto", "legacy"])
@pytest.mark.parametrize("says", ["no", "declines", "goes away"])
def test_without_a_yes_nothing_is_posted(
    anna: Account, vinr_client: Vinr, says: Says, mode: ConnectMode
) -> None:
    person = Person(says)
    first, second = post(live(vinr_client), CORRECTION, person, times=2, mode=mode)
    said = "did not answer" if says == "goes away" else "The person said no"
    assert said in refusal_of(first)
    assert (said if says == "goes away" else "No proposal has the token") in refusal_of(second)
    assert len(person.asked) == (2 if says == "goes away" else 1)
    assert amounts(vinr_client, anna.id) == [200]


@pytest.mark.parametrize("says", ["yes", "no"])
def test_a_merge_is_asked_about(anna: Account, vinr_client: Vinr, says: Says) -> None:
    card = enrol(vinr_client, "cust_card", 30)
    person = Person(says)
    [result] = confirm(live(vinr_client), MERGE, person)
    [question] = person.asked
    assert question.startswith("Merge, on LIVE data: real members and real points? ")
    assert f"{card.id} (cust_card) goes into {anna.id} (cust_anna), for good" in question
    assert result.is_error == (says == "no")
    merged = vinr_client.loyalty.accounts.retrieve(card.id).status == "merged"
    assert merged == (says == "yes")


@pytest.mark.parametrize(
    ("carry_out", "proposal", "operation", "done_now", "points"),
    [
        (post, CORRECTION, "transactions.create", "posted_now", 50),
        (confirm, MERGE, "accounts.merge", "merged_now", 30),
    ],
    ids=["correction", "merge"],
)
def test_nobody_is_asked_again_after_an_answer_that_was_lost(
    anna: Account,
    vinr_client: Vinr,
    vinr_sandbox: Sandbox,
    carry_out: Callable[..., Sequence[CallToolResult]],
    proposal: Proposed,
    operation: str,
    done_now: str,
    points: int,
) -> None:
    enrol(vinr_client, "cust_card", 30)
    vinr_sandbox.faults.add(operation, [LoseReply()] * 3)
    person = Person("yes")
    lost, settled = carry_out(live(vinr_client), proposal, person, times=2)
    assert "again with the same token" in refusal_of(lost)
    assert not answer_of(settled)[done_now]
    assert len(person.asked) == 1
    assert amounts(vinr_client, anna.id) == [points, 200]


def test_a_client_that_cannot_ask_does_by_itself(anna: Account, vinr_client: Vinr) -> None:
    [posted] = post(live(vinr_client), CORRECTION, None)
    assert answer_of(posted)["posted_now"]


@pytest.mark.parametrize("mode", ["sandbox", "test"])
def test_other_data_is_not_asked_about(anna: Account, vinr_client: Vinr, mode: Mode) -> None:
    person = Person("no")
    [posted] = post(live(vinr_client, mode), CORRECTION, person)
    assert answer_of(posted)["posted_now"]
    assert person.asked == []

"""Corrections: nothing without a proposal, and nothing twice."""

from __future__ import annotations

import pytest

from tests.cli.mcp_server.assistant import Assistant
from tests.cli.mcp_server.conftest import amounts, enrol
from vinr import Vinr
from vinr.cli.mcp_server.server import build
from vinr.cli.mcp_server.service import in_sandbox
from vinr.loyalty import Account
from vinr.sandbox import LoseReply, Sandbox, Status

REASON = "goodwill, ticket 4821"
CORRECTION = {"member": "cust_anna", "points": 50, "reason": REASON}


def test_a_proposal_posts_nothing(
    assistant: Assistant, anna: Account, vinr_client: Vinr, vinr_sandbox: Sandbox
) -> None:
    before = vinr_sandbox.events.list()
    proposal = assistant.answer("propose_correction", **CORRECTION)
    assert proposal["mode"] == "sandbox"
    assert (proposal["balance_before"], proposal["balance_after"]) == (200, 250)
    assert (proposal["member"]["account"], proposal["warnings"]) == (anna.id, [])
    assert vinr_sandbox.events.list() == before
    assert amounts(vinr_client, anna.id) == [200]


@pytest.mark.parametrize("points", [50, -200])
def test_a_token_posts_once(
    assistant: Assistant, anna: Account, vinr_client: Vinr, points: int
) -> None:
    proposal = assistant.answer("propose_correction", **CORRECTION | {"points": points})
    first, *others = (
        assistant.answer("post_correction", token=proposal["token"]) for _ in range(3)
    )
    assert (first["posted_now"], first["balance"]) == (True, 200 + points)
    assert [each["posted_now"] for each in others] == [False, False]
    assert {each["entry"]["id"] for each in others} == {first["entry"]["id"]}
    assert amounts(vinr_client, anna.id) == [points, 200]
    entry = vinr_client.loyalty.transactions.retrieve(first["entry"]["id"])
    assert (entry.type, entry.reason) == ("adjust", REASON)
    assert entry.metadata == {"reference": proposal["token"]}


def test_a_token_says_what_it_does_and_nothing_else_has_it(
    assistant: Assistant, anna: Account, vinr_client: Vinr
) -> None:
    token: str = assistant.answer("propose_correction", **CORRECTION)["token"]
    assert token.startswith(f"post:+50:to:{anna.id}:")
    more = token.replace("+50", "+5000")
    assert "No proposal has the token" in assistant.refusal("post_correction", token=more)
    assert amounts(vinr_client, anna.id) == [200]


def test_one_like_it_that_somebody_posted_is_told(
    assistant: Assistant, anna: Account, vinr_client: Vinr
) -> None:
    entry = vinr_client.loyalty.transactions.create(account=anna.id, amount=50, reason=REASON)
    [warning] = assistant.answer("propose_correction", **CORRECTION)["warnings"]
    assert entry.id in warning
    for other in ({"points": 51}, {"reason": "goodwill, ticket 4822"}):
        assert assistant.answer("propose_correction", **CORRECTION | other)["warnings"] == []


def test_many_posts_at_once_are_one(assistant: Assistant, anna: Account, vinr_client: Vinr) -> None:
    token = assistant.answer("propose_correction", **CORRECTION)["token"]
    answers = assistant.at_once("post_correction", 8, token=token)
    assert len({each["entry"]["id"] for each in answers}) == 1
    assert amounts(vinr_client, anna.id) == [50, 200]


def test_no_answer_is_settled_by_the_same_token(
    assistant: Assistant, anna: Account, vinr_client: Vinr, vinr_sandbox: Sandbox
) -> None:
    token = assistant.answer("propose_correction", **CORRECTION)["token"]
    vinr_sandbox.faults.add("transactions.create", [LoseReply()] * 3)
    said = assistant.refusal("post_correction", token=token)
    assert f"Call post_correction again with the same token, {token}" in said
    assert "nothing happens twice" in said
    assert assistant.answer("propose_correction", **CORRECTION)["token"] == token
    assert not assistant.answer("post_correction", token=token)["posted_now"]
    assert amounts(vinr_client, anna.id) == [50, 200]


def test_what_is_posted_is_posted_where_the_balance_cannot_be_read(
    assistant: Assistant, anna: Account, vinr_sandbox: Sandbox
) -> None:
    token = assistant.answer("propose_correction", **CORRECTION)["token"]
    vinr_sandbox.faults.add("accounts.retrieve", [Status(500)] * 3)
    posted = assistant.answer("post_correction", token=token)
    assert (posted["posted_now"], posted["balance"]) == (True, None)


def test_a_new_server_posts_nothing_by_an_old_token(
    assistant: Assistant, anna: Account, vinr_client: Vinr
) -> None:
    posted, proposed = (
        assistant.answer("propose_correction", **CORRECTION | {"points": points})["token"]
        for points in (50, 60)
    )
    entry = assistant.answer("post_correction", token=posted)["entry"]
    anew = Assistant(build(in_sandbox(vinr_client), read_only=False))
    again = anew.answer("post_correction", token=posted)
    assert (again["posted_now"], again["entry"]["id"]) == (False, entry["id"])
    said = anew.refusal("post_correction", token=proposed)
    assert f"no entry of {anna.id} has it as its reference: nothing was posted" in said
    assert amounts(vinr_client, anna.id) == [50, 200]


@pytest.mark.parametrize(
    "token",
    [
        "made-up",
        "{id}",
        "post:+50:to:{id}",
        "post:+50:to:{id}:0123456789abcdef",
        "post:+50:to:loy_none:0123456789abcdef",
        "post:+50:to:../:0123456789abcdef",
        "post:+50:to:merge:0123456789abcdef",
    ],
)
def test_without_a_proposal_nothing_is_posted(
    assistant: Assistant, anna: Account, vinr_client: Vinr, token: str
) -> None:
    token = token.replace("{id}", anna.id)
    said = assistant.refusal("post_correction", token=token)
    assert f"No proposal has the token {token}" in said
    assert amounts(vinr_client, anna.id) == [200]


def test_points_and_member_come_from_the_proposal_alone(
    assistant: Assistant, anna: Account, vinr_client: Vinr
) -> None:
    token = assistant.answer("propose_correction", **CORRECTION)["token"]
    for argument in ({"points": 5_000}, {"member": "cust_evil"}, {"reason": "mine"}):
        assert "Extra inputs" in assistant.refusal("post_correction", token=token, **argument)
    assert amounts(vinr_client, anna.id) == [200]


def test_the_token_of_a_merge_posts_nothing(
    assistant: Assistant, anna: Account, vinr_client: Vinr
) -> None:
    enrol(vinr_client, "cust_2", 10)
    token = assistant.answer("propose_merge", source="cust_2", target="cust_anna")["token"]
    assert "No proposal has the token" in assistant.refusal("post_correction", token=token)
    assert amounts(vinr_client, anna.id) == [200]


def test_the_same_proposal_has_the_same_token_until_it_is_posted(
    assistant: Assistant, anna: Account, vinr_client: Vinr
) -> None:
    first, second = (assistant.answer("propose_correction", **CORRECTION) for _ in range(2))
    assert second["token"] == first["token"]
    assert "has the same token" in second["warnings"][0]
    assistant.answer("post_correction", token=first["token"])
    third = assistant.answer("propose_correction", **CORRECTION)
    assert third["token"] != first["token"]
    assert "The ledger has an entry with these points and this reason" in third["warnings"][0]
    assistant.answer("post_correction", token=third["token"])
    assert amounts(vinr_client, anna.id) == [50, 50, 200]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"points": 0}, "points is 0, which would change nothing"),
        ({"points": 1.5}, "valid integer"),
        ({"points": "50"}, "valid integer"),
        ({"points": True}, "valid integer"),
        ({"points": 2**63}, "beyond 2**63 - 1 points"),
        ({"points": -201}, "200 points, so 201 cannot be taken: a balance never falls below zero"),
        ({"reason": "    "}, "reason is blank"),
        ({"reason": ""}, "at least 3 characters"),
        ({"member": "cust_none"}, "cust_none is no account"),
        ({"post": True}, "Extra inputs are not permitted"),
    ],
)
def test_a_proposal_that_is_wrong(
    assistant: Assistant, anna: Account, change: dict[str, object], said: str
) -> None:
    assert said in assistant.refusal("propose_correction", **CORRECTION | change)


def test_a_closed_account_is_not_corrected(
    assistant: Assistant, anna: Account, vinr_client: Vinr
) -> None:
    vinr_client.loyalty.accounts.close(anna.id)
    said = assistant.refusal("propose_correction", **CORRECTION)
    assert f"{anna.id} is closed" in said


def test_what_vinr_refuses_is_over(assistant: Assistant, anna: Account, vinr_client: Vinr) -> None:
    token = assistant.answer("propose_correction", **CORRECTION | {"points": -150})["token"]
    vinr_client.loyalty.transactions.create(account=anna.id, amount=-100)
    said = assistant.refusal("post_correction", token=token)
    assert "This call changed nothing" in said
    vinr_client.loyalty.transactions.create(account=anna.id, amount=500)
    assert "No proposal has the token" in assistant.refusal("post_correction", token=token)
    assert amounts(vinr_client, anna.id) == [500, -100, 200]


def test_what_fails_for_now_can_be_posted_later(
    assistant: Assistant, anna: Account, vinr_client: Vinr, vinr_sandbox: Sandbox
) -> None:
    token = assistant.answer("propose_correction", **CORRECTION)["token"]
    vinr_sandbox.faults.add("transactions.create", [Status(429, retry_after=100)])
    assert "This call changed nothing. Try again later." in assistant.refusal(
        "post_correction", token=token
    )
    assert assistant.answer("post_correction", token=token)["posted_now"]
    assert amounts(vinr_client, anna.id) == [50, 200]


def test_a_key_that_is_refused_is_for_a_person(
    assistant: Assistant, anna: Account, vinr_sandbox: Sandbox
) -> None:
    vinr_sandbox.faults.add("accounts.list", [Status(401)])
    said = assistant.refusal("show_balance", member="cust_anna")
    assert "tell the person who started this server" in said
    assert "sk_test" not in said

"""Merges: previewed, then confirmed by token; for good, and once."""

from __future__ import annotations

import pytest

from tests.cli.mcp_server.assistant import Assistant
from tests.cli.mcp_server.conftest import amounts, enrol
from vinr import Vinr
from vinr.cli.mcp_server.server import build
from vinr.cli.mcp_server.service import in_sandbox
from vinr.loyalty import Account
from vinr.sandbox import LoseReply, Program, Reset, Sandbox, Status

MERGE = {"source": "cust_card", "target": "cust_anna"}


@pytest.fixture
def card(vinr_client: Vinr) -> Account:
    return enrol(vinr_client, "cust_card", 30)


def balances(client: Vinr, *accounts: Account) -> list[tuple[str, int]]:
    found = [client.loyalty.accounts.retrieve(account.id) for account in accounts]
    return [(account.status, account.balance) for account in found]


def test_a_preview_merges_nothing(
    assistant: Assistant, anna: Account, card: Account, vinr_client: Vinr, vinr_sandbox: Sandbox
) -> None:
    before = vinr_sandbox.events.list()
    preview = assistant.answer("propose_merge", **MERGE)
    assert preview["mode"] == "sandbox"
    assert (preview["source"]["account"], preview["source"]["balance"]) == (card.id, 30)
    assert (preview["target"]["account"], preview["target"]["balance"]) == (anna.id, 200)
    assert (preview["target_balance_after"], preview["target_lifetime_points_after"]) == (230, 230)
    assert preview["summary"].startswith(
        f"{card.id} (cust_card) goes into {anna.id} (cust_anna), for good."
    )
    assert vinr_sandbox.events.list() == before
    assert balances(vinr_client, card, anna) == [("active", 30), ("active", 200)]


def test_a_token_merges_once(
    assistant: Assistant, anna: Account, card: Account, vinr_client: Vinr
) -> None:
    token = assistant.answer("propose_merge", **MERGE)["token"]
    assert token.startswith(f"merge:{card.id}:into:{anna.id}:")
    first, *others = (assistant.answer("confirm_merge", token=token) for _ in range(3))
    assert (first["merged_now"], first["source"]) == (True, card.id)
    assert (first["survivor"]["account"], first["survivor"]["balance"]) == (anna.id, 230)
    assert [each["merged_now"] for each in others] == [False, False]
    assert balances(vinr_client, card, anna) == [("merged", 0), ("active", 230)]
    assert amounts(vinr_client, anna.id) == [30, 200]


def test_many_confirmations_at_once_are_one(
    assistant: Assistant, anna: Account, card: Account, vinr_client: Vinr
) -> None:
    token = assistant.answer("propose_merge", **MERGE)["token"]
    answers = assistant.at_once("confirm_merge", 8, token=token)
    assert {each["survivor"]["balance"] for each in answers} == {230}
    assert balances(vinr_client, card, anna) == [("merged", 0), ("active", 230)]


def test_no_answer_is_settled_by_the_same_token(
    assistant: Assistant, anna: Account, card: Account, vinr_client: Vinr, vinr_sandbox: Sandbox
) -> None:
    token = assistant.answer("propose_merge", **MERGE)["token"]
    vinr_sandbox.faults.add("accounts.merge", [LoseReply()] * 3)
    said = assistant.refusal("confirm_merge", token=token)
    assert f"Call confirm_merge again with the same token, {token}" in said
    settled = assistant.answer("confirm_merge", token=token)
    assert (settled["merged_now"], settled["survivor"]["balance"]) == (False, 230)
    assert balances(vinr_client, card, anna) == [("merged", 0), ("active", 230)]


def test_what_was_posted_between_two_tries_is_told(
    assistant: Assistant, anna: Account, card: Account, vinr_client: Vinr, vinr_sandbox: Sandbox
) -> None:
    token = assistant.answer("propose_merge", **MERGE)["token"]
    vinr_sandbox.faults.add("accounts.merge", [Reset()] * 3)
    assistant.refusal("confirm_merge", token=token)
    vinr_client.loyalty.transactions.create(account=anna.id, amount=1_000)
    merged = assistant.answer("confirm_merge", token=token)
    assert (merged["merged_now"], merged["survivor"]["balance"]) == (True, 1_230)
    assert "The preview said 230: show_ledger tells what was posted" in merged["summary"]


@pytest.mark.parametrize("changed", ["source", "target"])
def test_what_was_not_seen_is_not_merged(
    assistant: Assistant, anna: Account, card: Account, vinr_client: Vinr, changed: str
) -> None:
    token = assistant.answer("propose_merge", **MERGE)["token"]
    account = card if changed == "source" else anna
    vinr_client.loyalty.transactions.create(account=account.id, amount=1_000)
    said = assistant.refusal("confirm_merge", token=token)
    assert f"{account.id} is active with {account.balance + 1_000:,} points" in said
    assert "Nothing was merged: propose_merge anew" in said
    assert [status for status, _ in balances(vinr_client, card, anna)] == ["active", "active"]
    anew = assistant.answer("propose_merge", **MERGE)
    assert anew["token"] != token
    assert assistant.answer("confirm_merge", token=anew["token"])["merged_now"]


def test_a_new_server_merges_nothing_by_an_old_token(
    assistant: Assistant, anna: Account, card: Account, vinr_client: Vinr
) -> None:
    token = assistant.answer("propose_merge", **MERGE)["token"]
    anew = Assistant(build(in_sandbox(vinr_client), read_only=False))
    assert f"No proposal has the token {token}" in anew.refusal("confirm_merge", token=token)
    assert balances(vinr_client, card, anna) == [("active", 30), ("active", 200)]


def test_a_correction_is_no_merge(assistant: Assistant, anna: Account, vinr_client: Vinr) -> None:
    token = assistant.answer("propose_correction", member=anna.id, points=5, reason="goodwill")[
        "token"
    ]
    assert "No proposal has the token" in assistant.refusal("confirm_merge", token=token)
    assert amounts(vinr_client, anna.id) == [200]


def test_what_vinr_refuses_is_over(
    assistant: Assistant, anna: Account, card: Account, vinr_client: Vinr, vinr_sandbox: Sandbox
) -> None:
    token = assistant.answer("propose_merge", **MERGE)["token"]
    vinr_sandbox.faults.add("accounts.merge", [Status(422)])
    assert "This call changed nothing" in assistant.refusal("confirm_merge", token=token)
    anew = assistant.answer("propose_merge", **MERGE)["token"]
    assert anew != token
    assert assistant.answer("confirm_merge", token=anew)["merged_now"]
    assert balances(vinr_client, card, anna) == [("merged", 0), ("active", 230)]


def test_the_preview_doubts(assistant: Assistant, anna: Account, vinr_client: Vinr) -> None:
    nobody = enrol(vinr_client, None, 30)
    assert assistant.answer("propose_merge", source=nobody.id, target=anna.id)["warnings"] == []
    person, direction = assistant.answer("propose_merge", source=anna.id, target=nobody.id)[
        "warnings"
    ]
    assert f"{anna.id} belongs to cust_anna and {nobody.id} to no customer" in person
    assert "is the direction meant?" in direction


def test_itself_and_what_is_not_active_and_other_programs(
    assistant: Assistant, anna: Account, card: Account, vinr_client: Vinr, vinr_sandbox: Sandbox
) -> None:
    def refusal(source: Account, target: Account) -> str:
        return assistant.refusal("propose_merge", source=source.id, target=target.id)

    vinr_sandbox.configure(program=Program(id="prog_2", name="Two"))
    elsewhere = enrol(vinr_client, "cust_card", 5, "prog_2")
    assert f"both {anna.id}" in refusal(anna, anna)
    assert "accounts of two programs cannot be merged" in refusal(elsewhere, anna)
    vinr_client.loyalty.accounts.close(card.id)
    assert f"{card.id} is closed" in refusal(card, anna)
    assert f"{card.id} is closed" in refusal(anna, card)

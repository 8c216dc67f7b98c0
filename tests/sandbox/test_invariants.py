"""sandbox.check() names what is broken: ledgers are damaged in their file, behind its rules."""

import sqlite3
from pathlib import Path

import pytest

from vinr.sandbox import Program, Sandbox


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "members.sqlite"


@pytest.fixture
def accounts(path: Path) -> list[str]:
    """Two members with 100 and 50 points, and one that was merged into the first."""
    with Sandbox(path) as sandbox, sandbox.client() as client:
        members = [client.loyalty.accounts.create(program="prog_default").id for _ in range(3)]
        for member, points in zip(members, (60, 50, 40), strict=True):
            client.loyalty.transactions.create(account=member, amount=points)
        client.loyalty.accounts.merge(source=members[2], target=members[0])
        assert sandbox.check() == []
    return members


def damage(path: Path, statement: str, *values: object) -> None:
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        for name in ("lifetime_points_never_fall", "transactions_are_immutable"):
            db.execute(f"DROP TRIGGER {name}")
        db.execute("DROP INDEX one_active_account")
        db.execute(statement, values)
    db.close()


@pytest.mark.parametrize(
    ("statement", "rules"),
    [
        ("UPDATE accounts SET balance = balance + 1 WHERE seq = 2", ["balance_is_sum_of_entries"]),
        (
            "UPDATE accounts SET balance = -1 WHERE seq = 2",
            ["balance_is_sum_of_entries", "balance_not_below_zero"],
        ),
        (
            "UPDATE accounts SET lifetime_points = 49 WHERE seq = 2",
            ["lifetime_points_never_fall"],
        ),
        (
            "UPDATE transactions SET amount = 7 WHERE seq = 2",
            ["balance_is_sum_of_entries", "lifetime_points_never_fall"],
        ),
    ],
)
def test_an_account_that_differs_from_its_entries(
    path: Path, accounts: list[str], statement: str, rules: list[str]
) -> None:
    damage(path, statement)
    with Sandbox(path) as sandbox:
        found = sandbox.check()
    assert [finding.rule for finding in found] == rules
    assert {finding.account for finding in found} == {accounts[1]}


def test_a_second_active_account(path: Path, accounts: list[str]) -> None:
    damage(path, "UPDATE accounts SET customer = 'cust_1' WHERE status = 'active'")
    with Sandbox(path) as sandbox:
        [finding] = sandbox.check()
    assert (finding.rule, finding.account) == ("one_active_account", accounts[1])


@pytest.mark.parametrize("points", [39, 41], ids=["lost", "made"])
@pytest.mark.parametrize(
    "statement", ["UPDATE merges SET balance = ?", "UPDATE merges SET lifetime_points = ?"]
)
def test_a_merge_that_lost_or_made_points(
    path: Path, accounts: list[str], statement: str, points: int
) -> None:
    damage(path, statement, points)
    with Sandbox(path) as sandbox:
        [finding] = sandbox.check()
    assert (finding.rule, finding.account) == ("merges_conserve_points", accounts[2])
    assert str(points) in finding.message


@pytest.mark.parametrize("points", [60, 141], ids=["lost", "made"])
def test_a_survivor_that_did_not_get_what_was_merged_into_it(
    path: Path, accounts: list[str], points: int
) -> None:
    damage(path, "UPDATE accounts SET balance = ? WHERE seq = 1", points)
    with Sandbox(path) as sandbox:
        [finding] = sandbox.check()
    assert (finding.rule, finding.account) == ("balance_is_sum_of_entries", accounts[0])


def test_the_loss_of_an_earlier_merge_is_not_blamed_on_a_later_one(
    path: Path, accounts: list[str]
) -> None:
    with Sandbox(path) as sandbox, sandbox.client() as client:
        client.loyalty.accounts.merge(source=accounts[0], target=accounts[1])
        assert sandbox.check() == []
    damage(path, "UPDATE merges SET balance = 1 WHERE seq = 1")
    with Sandbox(path) as sandbox:
        [finding] = sandbox.check()
    assert finding.account == accounts[2]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts SET balance = 40 WHERE seq = 3",
        "UPDATE accounts SET lifetime_points = 40 WHERE seq = 3",
    ],
)
def test_points_left_on_a_merged_account(path: Path, accounts: list[str], statement: str) -> None:
    damage(path, statement)
    with Sandbox(path) as sandbox:
        rules = {finding.rule for finding in sandbox.check() if finding.account == accounts[2]}
    assert "merged_accounts_are_empty" in rules


@pytest.mark.parametrize(
    ("statement", "holder"),
    [
        ("DELETE FROM merges", 0),
        ("UPDATE transactions SET account = posted_to", 2),
        ("UPDATE transactions SET account = (SELECT key FROM accounts WHERE seq = 2)", 1),
        ("UPDATE merges SET target = source", 0),
    ],
    ids=["without a merge", "left behind", "gone elsewhere", "merged into itself"],
)
def test_an_entry_in_other_hands(
    path: Path, accounts: list[str], statement: str, holder: int
) -> None:
    damage(path, statement)
    with Sandbox(path) as sandbox:
        found = {(each.rule, each.account) for each in sandbox.check()}
    assert ("entries_move_by_merges_alone", accounts[holder]) in found


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE transactions SET amount = 7",
        "DELETE FROM transactions",
        "UPDATE accounts SET lifetime_points = lifetime_points - 1 WHERE status = 'active'",
        "UPDATE accounts SET balance = -1",
    ],
)
def test_the_database_itself_refuses_what_must_not_be(
    path: Path, accounts: list[str], statement: str
) -> None:
    db = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError):
        db.execute(statement)
    db.close()


def test_more_points_to_expire_than_there_are(path: Path) -> None:
    program = Program(id="prog_default", name="Default", expiry_months=12)
    with Sandbox(path, programs=[program]) as sandbox, sandbox.client() as client:
        member = client.loyalty.accounts.create(program="prog_default").id
        client.loyalty.transactions.create(account=member, amount=10)
        assert sandbox.check() == []
    damage(path, "UPDATE lots SET points = 11, left = 11")
    with Sandbox(path) as sandbox:
        [finding] = sandbox.check()
    assert (finding.rule, finding.account) == ("expiring_points_within_balance", member)


def test_a_redemption_that_is_not_what_its_entries_say(path: Path) -> None:
    with Sandbox(path) as sandbox, sandbox.client() as client:
        member = client.loyalty.accounts.create(program="prog_default").id
        client.loyalty.transactions.create(account=member, amount=60)
        reward = client.loyalty.rewards.create(
            program="prog_default", name="Mug", type="free_product", cost=10, value={}
        )
        redeemed = client.loyalty.redemptions.create(account=member, reward=reward.id)
    with sqlite3.connect(path) as db:
        db.execute("UPDATE redemptions SET status = 'released'")
    db.close()

    with Sandbox(path) as sandbox:
        [finding] = sandbox.check()

    assert finding.rule == "redemptions_match_their_entries"
    assert redeemed.id in finding.message

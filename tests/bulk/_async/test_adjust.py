"""Every row of a file once: whatever fails, however often it runs."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from typing_extensions import override

from vinr import AsyncVinr, CallInfo, Middleware, Vinr, bulk
from vinr.loyalty import Account, Transaction
from vinr.sandbox import LoseReply, Sandbox, Status

PROGRAM = "prog_default"


async def member(client: AsyncVinr, customer: str) -> Account:
    accounts = await client.loyalty.accounts.list(program=PROGRAM, customer=customer)
    assert len(accounts) == 1
    return accounts.data[0]


async def ledger(client: AsyncVinr, customer: str) -> list[Transaction]:
    """Oldest first."""
    account = (await member(client, customer)).id
    entries = client.loyalty.transactions.list(account=account, limit=100)
    return [entry async for entry in entries][::-1]


async def test_the_rows_of_a_file(client: AsyncVinr, file: Path) -> None:
    result = await bulk.async_adjust(client, file, program=PROGRAM, key="order")

    assert [(entry.amount, entry.reason) for entry in await ledger(client, "a")] == [
        (100, "purchase"),
        (-30, "refund"),
    ]
    assert [entry.amount for entry in await ledger(client, "b")] == [50, 10]
    entry = (await ledger(client, "a"))[0]
    assert (entry.type, entry.metadata) == ("adjust", {"reference": "o-1", "batch": result.batch})
    assert (result.rows, result.posted, result.rejected, result.members_created) == (5, 4, 1, 2)
    assert (result.points_granted, result.points_taken, result.points) == (160, -30, 130)
    assert result.changed
    assert result.complete
    assert [(row.line, row.error_code) for row in result.rejections] == [(4, "insufficient_points")]


async def test_a_column_can_be_named_as_the_reference(client: AsyncVinr, file: Path) -> None:
    await bulk.async_adjust(client, file, program=PROGRAM, columns={"reference": "order"})

    assert [entry.metadata["reference"] for entry in await ledger(client, "a")] == ["o-1", "o-4"]


async def test_a_field_of_jsonl_named_reference_is_a_key(client: AsyncVinr, tmp_path: Path) -> None:
    rows = [f'{{"reference": "r-{n}", "customer": "a", "amount": {n}}}\n' for n in (1, 2, 3)]
    one, other = tmp_path / "one.jsonl", tmp_path / "other.jsonl"
    one.write_text("".join(rows), "utf-8")
    other.write_text("".join(reversed(rows)), "utf-8")
    await bulk.async_adjust(client, one, program=PROGRAM)

    again = await bulk.async_adjust(client, other, program=PROGRAM)

    assert (again.posted, again.already_there) == (0, 3)
    assert (await member(client, "a")).balance == 6


@pytest.mark.parametrize("key", ["order", None])
async def test_a_second_run_sends_nothing(
    client: AsyncVinr, sandbox: Sandbox, file: Path, key: str | None
) -> None:
    first = await bulk.async_adjust(client, file, program=PROGRAM, key=key)
    sandbox.faults.add("*", Status(500))

    second = await bulk.async_adjust(client, file, program=PROGRAM, key=key)

    assert len(sandbox.faults.pending()) == 1
    assert not second.changed
    assert (second.posted, second.already_there, second.rejected) == (0, 4, 1)
    assert second.points == first.points
    assert second.rejections == first.rejections


@pytest.mark.parametrize("key", ["order", None])
async def test_a_week_later_without_the_journal_nothing_changes(
    client: AsyncVinr, sandbox: Sandbox, file: Path, key: str | None
) -> None:
    first = await bulk.async_adjust(client, file, program=PROGRAM, key=key)
    assert first.journal is not None
    first.journal.unlink()
    sandbox.clock.advance(days=7)
    packed = file.with_suffix(".csv.gz")
    packed.write_bytes(gzip.compress(file.read_bytes()))

    for again in (file, packed):  # plain or gzipped, it is the same file
        second = await bulk.async_adjust(client, again, program=PROGRAM, key=key)

        # the refund that was refused would have room now, and was decided nevertheless
        assert (await member(client, "b")).balance == 60
        assert not second.changed
        assert (second.already_there, second.rejected, second.points) == (4, 1, first.points)
        assert second.rejections[0].error_code == "refused_before"


async def test_a_refused_row_at_the_end_is_tried_again_without_its_journal(
    client: AsyncVinr, tmp_path: Path
) -> None:
    file = tmp_path / "refund.csv"
    file.write_text("customer,amount\na,-5\n")
    first = await bulk.async_adjust(client, file, program=PROGRAM)
    assert first.rejected == 1
    account = (await member(client, "a")).id
    await client.loyalty.transactions.create(account=account, amount=5)

    assert not (await bulk.async_adjust(client, file, program=PROGRAM)).changed
    assert first.journal is not None
    first.journal.unlink()
    assert (await bulk.async_adjust(client, file, program=PROGRAM)).posted == 1


async def test_two_rows_that_are_the_same_are_two(client: AsyncVinr, tmp_path: Path) -> None:
    file = tmp_path / "same.csv"
    file.write_text("customer,amount\n" + "a,7\n" * 3)
    for _ in range(2):
        result = await bulk.async_adjust(client, file, program=PROGRAM)

        assert (result.rows, result.points) == (3, 21)
    assert [entry.amount for entry in await ledger(client, "a")] == [7, 7, 7]


@pytest.mark.usefixtures("short_waits")
@pytest.mark.parametrize("seed", range(3))
async def test_faults(client: AsyncVinr, sandbox: Sandbox, tmp_path: Path, seed: int) -> None:
    sandbox.faults.add("*", LoseReply(), probability=0.06, seed=seed)
    sandbox.faults.add("*", Status(429, retry_after=0), probability=0.04, seed=seed + 10)
    sandbox.faults.add("*", Status(500), probability=0.03, seed=seed + 20)
    file = tmp_path / "many.csv"
    rows = [f"c{number % 25},{1 + number}" for number in range(250)]
    file.write_text("customer,amount\n" + "\n".join(rows))

    result = await bulk.async_adjust(client.with_options(max_retries=10), file, program=PROGRAM)

    assert result.points == sum(range(251))
    sandbox.faults.clear()
    for number in range(25):
        amounts = [entry.amount for entry in await ledger(client, f"c{number}")]
        assert amounts == [1 + each for each in range(number, 250, 25)]  # once each, in order


async def test_an_entry_of_post_once_is_recognised_and_the_other_way_round(
    client: AsyncVinr, file: Path
) -> None:
    transactions = client.loyalty.transactions
    account = (await client.loyalty.accounts.create(program=PROGRAM, customer="a")).id
    await transactions.post_once(account=account, amount=100, reference="o-1")

    result = await bulk.async_adjust(client, file, program=PROGRAM, key="order")
    _, posted = await transactions.post_once(account=account, amount=-30, reference="o-4")

    assert (result.already_there, result.posted, posted) == (1, 3, False)
    assert (await member(client, "a")).balance == 70


async def test_another_amount_under_the_same_reference_is_rejected(
    client: AsyncVinr, file: Path
) -> None:
    account = (await client.loyalty.accounts.create(program=PROGRAM, customer="a")).id
    await client.loyalty.transactions.post_once(account=account, amount=1, reference="o-1")

    result = await bulk.async_adjust(client, file, program=PROGRAM, key="order")

    assert [(row.line, row.error_code) for row in result.rejections] == [
        (2, "idempotency_conflict"),
        (4, "insufficient_points"),
        (5, "insufficient_points"),
    ]
    assert (await member(client, "a")).balance == 1


async def test_json_lines_with_names_of_their_own(client: AsyncVinr, tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl.gz"
    rows = [
        {"who": "a", "points": 2**60, "metadata": {"shop": "7"}},
        {"who": "a", "points": "-8"},
    ]
    file.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))

    columns = {"customer": "who", "amount": "points"}
    await bulk.async_adjust(client, file, program=PROGRAM, columns=columns, reason="migration")

    entries = await ledger(client, "a")
    assert [(entry.amount, entry.reason) for entry in entries] == [
        (2**60, "migration"),
        (-8, "migration"),
    ]
    assert entries[0].metadata["shop"] == "7"


async def test_a_member_named_by_account(client: AsyncVinr) -> None:
    account = (await client.loyalty.accounts.create(program=PROGRAM)).id
    rows = [{"account": account, "amount": 5}, {"account": "loy_nobody", "amount": 5}]

    result = await bulk.async_adjust(client, rows, batch="january")

    assert (result.posted, result.rejected, result.members_created) == (1, 1, 0)
    assert result.rejections[0].line == 2
    assert (await client.loyalty.accounts.retrieve(account)).balance == 5
    assert (await bulk.async_adjust(client, rows, batch="january")).already_there == 1
    assert (await bulk.async_adjust(client, rows, batch="february")).posted == 1


async def test_members_who_were_closed_or_merged_since_get_nothing_twice(
    client: AsyncVinr, file: Path
) -> None:
    accounts = client.loyalty.accounts
    await bulk.async_adjust(client, file, program=PROGRAM, journal=":memory:")
    await accounts.close((await member(client, "a")).id)
    other = await accounts.create(program=PROGRAM, customer="other")
    await accounts.merge(source=(await member(client, "b")).id, target=other.id)

    result = await bulk.async_adjust(client, file, program=PROGRAM, journal=":memory:")

    assert not result.changed
    assert (result.posted, result.already_there, result.rejected) == (0, 2, 3)
    assert {row.error_code for row in result.rejections} == {"account_merged"}
    assert (await accounts.retrieve(other.id)).balance == 60
    rows = [{"customer": "a", "amount": 5}]  # a new row enrols the customer anew
    assert (await bulk.async_adjust(client, rows, program=PROGRAM, batch="b")).members_created == 1


async def test_what_is_wrong_with_one_member_stops_no_other(
    client: AsyncVinr, sandbox: Sandbox, file: Path
) -> None:
    account = (await client.loyalty.accounts.create(program=PROGRAM, customer="a")).id
    rows = [
        {"account": account, "amount": 1, "n": 1},
        {"account": account, "amount": 2, "n": 2},
        {"customer": "b", "amount": 3, "n": 3},
    ]
    await client.loyalty.accounts.close(account)

    result = await bulk.async_adjust(client, rows, program=PROGRAM, key="n")

    assert [row.error_code for row in result.rejections] == ["account_closed"] * 2
    assert (await member(client, "b")).balance == 3


async def test_rows_of_no_points_enrol_and_post_nothing(client: AsyncVinr) -> None:
    result = await bulk.async_adjust(
        client, [{"customer": "a", "amount": 0}], program=PROGRAM, batch="b"
    )

    assert (result.skipped, result.posted, result.members_created) == (1, 0, 1)
    assert await ledger(client, "a") == []


async def test_a_dry_run_says_what_would_be_and_changes_nothing(
    client: AsyncVinr, sandbox: Sandbox, file: Path
) -> None:
    account = (await client.loyalty.accounts.create(program=PROGRAM, customer="a")).id
    await client.loyalty.transactions.post_once(account=account, amount=100, reference="o-1")
    with file.open("a") as more:
        more.write("o-6,c,1.5,gift\n")
    before = sandbox.snapshot()

    dry = await bulk.async_adjust(client, file, program=PROGRAM, key="order", dry_run=True)

    assert sandbox.snapshot() == before
    assert sorted(path.name for path in file.parent.iterdir()) == ["purchases.csv"]
    real = await bulk.async_adjust(client, file, program=PROGRAM, key="order")
    assert (dry.posted, dry.already_there, dry.rejected) == (3, 1, 2)
    assert [row.line for row in dry.rejections] == [4, 7]
    for name in ("posted", "already_there", "rejected", "members", "members_created", "points"):
        assert getattr(dry, name) == getattr(real, name)


async def test_a_dry_run_counts_the_balance_of_an_account(client: AsyncVinr) -> None:
    account = (await client.loyalty.accounts.create(program=PROGRAM)).id
    await client.loyalty.transactions.create(account=account, amount=30)
    rows = [{"account": account, "amount": amount} for amount in (20, -50, -1)]

    dry, real = [
        await bulk.async_adjust(client, rows, batch="b", dry_run=dry_run)
        for dry_run in (True, False)
    ]

    assert [row.line for row in dry.rejections] == [row.line for row in real.rejections] == [3]
    assert (dry.posted, dry.points) == (real.posted, real.points) == (2, -30)


async def test_progress(client: AsyncVinr, file: Path) -> None:
    seen: list[bulk.Progress] = []

    await bulk.async_adjust(client, file, program=PROGRAM, key="order", on_progress=seen.append)

    assert (seen[0], seen[-1]) == (bulk.Progress(5, 0), bulk.Progress(5, 5))


async def test_enrolment(client: AsyncVinr) -> None:
    await client.loyalty.accounts.create(program=PROGRAM, customer="a")
    rows = [{"customer": each, "metadata": {"from": "shop"}} for each in ("a", "b", "c", "b")]

    first = await bulk.async_enrol(client, rows, program=PROGRAM)
    second = await bulk.async_enrol(client, rows, program=PROGRAM)

    assert (first.posted, first.already_there, first.members_created) == (2, 2, 2)
    assert (second.posted, second.already_there, second.changed) == (0, 4, False)
    assert (await member(client, "b")).metadata == {"from": "shop"}


async def test_a_dry_run_of_an_enrolment(client: AsyncVinr, sandbox: Sandbox) -> None:
    accounts = client.loyalty.accounts
    member, merged = [
        await accounts.create(program=PROGRAM, customer=customer) for customer in ("a", "m")
    ]
    await accounts.merge(source=merged.id, target=member.id)
    rows = [{"customer": each} for each in ("a", "b", "m")]
    before = sandbox.snapshot()

    dry = await bulk.async_enrol(client, rows, program=PROGRAM, dry_run=True)

    assert sandbox.snapshot() == before
    real = await bulk.async_enrol(client, rows, program=PROGRAM)
    assert (dry.posted, dry.already_there, dry.rejected) == (2, 1, 0)
    for name in ("posted", "already_there", "rejected", "members", "members_created"):
        assert getattr(dry, name) == getattr(real, name)


class Quicker(Middleware):
    """Somebody else, who enrols the customer at the last moment and posts one of the rows."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._client: Vinr | None = sandbox.client()

    @override
    def on_call(self, call: CallInfo) -> None:
        client = self._client
        if client is not None and call.operation == "accounts.create":
            self._client = None
            account = client.loyalty.accounts.create(program=PROGRAM, customer="a").id
            client.loyalty.transactions.post_once(account=account, amount=5, reference="1")


@pytest.mark.parametrize("was_member", [True, False])
async def test_a_customer_whom_somebody_else_enrols_meanwhile(
    client: AsyncVinr, sandbox: Sandbox, was_member: bool
) -> None:
    if was_member:
        closed = await client.loyalty.accounts.create(program=PROGRAM, customer="a")
        await client.loyalty.accounts.close(closed.id)
    rows = [{"customer": "a", "amount": 5, "n": 1}, {"customer": "a", "amount": 7, "n": 2}]

    racing = client.with_options(middleware=[Quicker(sandbox)])
    result = await bulk.async_adjust(racing, rows, program=PROGRAM, key="n")

    assert (result.already_there, result.posted, result.members_created) == (1, 1, 0)
    members = await client.loyalty.accounts.list(program=PROGRAM, customer="a", status="active")
    assert [each.balance for each in members.data] == [12]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [("9", "10"), (" 9.5", "10"), ("-10", "-9"), ("2026-01-09", "2026-01-10"), ("8", "morning")],
)
async def test_rows_go_by_number_where_a_column_has_numbers(
    client: AsyncVinr, tmp_path: Path, earlier: str, later: str
) -> None:
    file = tmp_path / "rows.csv"
    file.write_text(f"no,customer,amount\n{later},a,-50\n{earlier},a,100\n")

    result = await bulk.async_adjust(client, file, program=PROGRAM, order_by="no")

    assert result.posted == 2


@pytest.mark.parametrize("rank", ["1e400", "NaN", "9" * 30, "-Infinity", "true", "null"])
async def test_any_value_of_json_can_be_ordered_by(
    client: AsyncVinr, tmp_path: Path, rank: str
) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(f'{{"no": {rank}, "customer": "a", "amount": 5}}\n')

    assert (await bulk.async_adjust(client, file, program=PROGRAM, order_by="no")).posted == 1

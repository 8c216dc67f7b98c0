"""Postings that are taken without a network and delivered once."""

from __future__ import annotations

from pathlib import Path

import pytest

from vinr import AsyncVinr, IdempotencyConflictError, InvalidRequestError, bulk
from vinr.bulk._lock import sending_alone
from vinr.sandbox import LoseReply, Sandbox, Status

PROGRAM = "prog_default"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "till-3.sqlite"


async def amounts(client: AsyncVinr, customer: str) -> list[int]:
    """Oldest first."""
    accounts = await client.loyalty.accounts.list(program=PROGRAM, customer=customer)
    entries = client.loyalty.transactions.list(account=accounts.data[0].id)
    return [entry.amount async for entry in entries][::-1]


async def test_what_is_put_is_delivered_once_and_in_order(client: AsyncVinr, path: Path) -> None:
    with bulk.Outbox(path, program=PROGRAM) as outbox:
        for number, points in enumerate((100, -40, -60, 5)):
            assert outbox.put(customer="a", amount=points, reference=f"r-{number}")
        assert not outbox.put(customer="a", amount=100, reference="r-0")
        assert len(outbox) == 4

    with bulk.Outbox(path, program=PROGRAM) as outbox:
        result = await outbox.async_flush(client)

        assert (result.rows, result.posted, result.points) == (4, 4, 5)
        assert (await outbox.async_flush(client)).rows == 0
        assert (len(outbox), bool(outbox)) == (0, True)
        assert not outbox.put(customer="a", amount=100, reference="r-0")
    assert await amounts(client, "a") == [100, -40, -60, 5]


async def test_an_entry_travels_whole(client: AsyncVinr, path: Path) -> None:
    account = (await client.loyalty.accounts.create(program=PROGRAM)).id
    with bulk.Outbox(path) as outbox:
        outbox.put(
            account=account,
            amount=7,
            reference="r",
            type="adjust",
            reason="ü",
            metadata={"till": "3"},
        )
        (entry,) = outbox.pending()
        assert (entry.account, entry.customer, entry.state) == (account, None, "planned")
        assert (entry.reference, entry.metadata) == ("r", {"till": "3"})

        await outbox.async_flush(client)

    (posted,) = (await client.loyalty.transactions.list(account=account)).data
    assert (posted.type, posted.amount, posted.reason) == ("adjust", 7, "ü")
    assert posted.metadata == {"till": "3", "reference": "r"}


async def test_an_outbox_keeps_to_the_program_it_was_made_for(
    client: AsyncVinr, path: Path
) -> None:
    with bulk.Outbox(path, program=PROGRAM) as outbox:
        outbox.put(customer="a", amount=70, reference="r")

    with pytest.raises(bulk.JournalError, match=f"another program: {PROGRAM}, and not prog_other"):
        bulk.Outbox(path, program="prog_other")

    with bulk.Outbox(path) as outbox:
        assert outbox.put(customer="a", amount=5, reference="s")
        assert (await outbox.async_flush(client)).posted == 2
    assert await amounts(client, "a") == [70, 5]


async def test_while_the_network_is_away_everything_waits(
    client: AsyncVinr, sandbox: Sandbox, path: Path
) -> None:
    quick = client.with_options(max_retries=0)
    with bulk.Outbox(path, program=PROGRAM) as outbox:
        for number in range(3):
            outbox.put(customer="a", amount=1 + number, reference=f"r-{number}")
        sandbox.faults.add("transactions.create", [LoseReply(), Status(503)])

        with pytest.raises(bulk.BulkStoppedError) as caught:
            await outbox.async_flush(quick)
        assert (caught.value.result.unknown, caught.value.result.left) == (1, 2)
        assert [entry.state for entry in outbox.pending()] == ["unknown", "planned", "planned"]
        sandbox.faults.add("transactions.list", Status(503))
        with pytest.raises(bulk.BulkStoppedError):
            await outbox.async_flush(quick)
        outbox.put(customer="a", amount=9, reference="r-9")
        sandbox.faults.clear()
        sandbox.clock.advance(days=7)  # VINR has forgotten the key of the first one
        result = await outbox.async_flush(quick)

        assert (result.posted, result.already_there, len(outbox)) == (3, 1, 0)
    assert await amounts(client, "a") == [1, 2, 3, 9]


async def test_a_wrong_address_is_no_mistake_for_good(client: AsyncVinr, path: Path) -> None:
    with bulk.Outbox(path, program=PROGRAM) as outbox:
        outbox.put(customer="a", amount=70, reference="r")
        async with AsyncVinr(
            secret_key="sk_test_x", base_url="http://127.0.0.1:9/v1", max_retries=0
        ) as astray:
            with pytest.raises(bulk.BulkStoppedError):
                await outbox.async_flush(astray)

            assert (await outbox.async_flush(client)).posted == 1

            with pytest.raises(bulk.JournalError, match="another service"):
                await outbox.async_flush(astray)


async def test_a_poisoned_entry_is_set_aside_and_the_later_ones_go_on(
    client: AsyncVinr, path: Path
) -> None:
    with bulk.Outbox(path, program=PROGRAM) as outbox:
        outbox.put(customer="a", amount=-50, reference="early")
        outbox.put(customer="a", amount=-70, reference="wrong")
        outbox.put(customer="a", amount=60, reference="late")

        result = await outbox.async_flush(client)

        assert (result.posted, result.rejected) == (1, 2)
        early, wrong = outbox.set_aside()
        assert (early.reference, early.error_code) == ("early", "insufficient_points")
        assert "0 points" in (early.error_message or "")
        outbox.retry(early)
        outbox.drop(wrong)
        outbox.put(customer="a", amount=1, reference="last")
        assert [entry.reference for entry in outbox.pending()] == ["early", "last"]
        await outbox.async_flush(client)
        assert outbox.set_aside() == []
    assert await amounts(client, "a") == [60, -50, 1]


async def test_an_entry_that_was_dropped_is_no_other_one(client: AsyncVinr, path: Path) -> None:
    with bulk.Outbox(path, program=PROGRAM) as outbox:
        outbox.put(customer="a", amount=-5, reference="r-1")
        await outbox.async_flush(client)
        (dropped,) = outbox.set_aside()
        outbox.drop(dropped)
        outbox.put(customer="b", amount=-9, reference="r-2")
        await outbox.async_flush(client)

        outbox.drop(dropped)

        assert [entry.reference for entry in outbox.set_aside()] == ["r-2"]


async def test_a_full_outbox_takes_nothing_until_it_is_delivered(
    client: AsyncVinr, path: Path
) -> None:
    with bulk.Outbox(path, program=PROGRAM, max_entries=2) as outbox:
        outbox.put(customer="a", amount=1, reference="1")
        outbox.put(customer="a", amount=1, reference="2")
        with pytest.raises(bulk.OutboxFullError, match="max_entries"):
            outbox.put(customer="a", amount=1, reference="3")
        assert not outbox.put(customer="a", amount=1, reference="2")

        await outbox.async_flush(client)

        assert outbox.put(customer="a", amount=1, reference="3")


async def test_one_process_delivers_at_a_time(client: AsyncVinr, path: Path) -> None:
    with bulk.Outbox(path, program=PROGRAM) as outbox:
        outbox.put(customer="a", amount=1, reference="1")
        with sending_alone(path):  # as another process would
            with pytest.raises(bulk.JournalInUseError, match=r"till-3\.sqlite"):
                await outbox.async_flush(client)
            outbox.put(customer="a", amount=1, reference="2")
        assert (await outbox.async_flush(client)).posted == 2


async def test_two_outboxes_of_one_till_deliver_an_entry_once(
    client: AsyncVinr, sandbox: Sandbox, tmp_path: Path
) -> None:
    sandbox.faults.add("*", LoseReply(), probability=0.05, seed=1)
    sandbox.faults.add("*", Status(500), probability=0.05, seed=2)
    patient = client.with_options(max_retries=10)
    for name in ("one", "two"):
        with bulk.Outbox(tmp_path / name, program=PROGRAM) as outbox:
            for number in range(40):
                outbox.put(customer=f"c{number % 4}", amount=number + 1, reference=f"r-{number}")
            await outbox.async_flush(patient)

    sandbox.faults.clear()
    for number in range(4):
        assert await amounts(client, f"c{number}") == list(range(number + 1, 41, 4))


@pytest.mark.parametrize(
    ("wrong", "param"),
    [
        ({"customer": "a", "amount": 0}, "amount"),
        ({"customer": "a", "amount": 1.5}, "amount"),
        ({"customer": "a", "reference": " "}, "reference"),
        ({"customer": "a", "metadata": {"n": 1}}, "metadata"),
        ({"account": "../x"}, "account"),
        ({"customer": "a", "account": "loy_1"}, "customer"),
        ({}, "customer"),
    ],
)
async def test_what_vinr_could_only_refuse_is_not_taken(
    path: Path, wrong: dict[str, str], param: str
) -> None:
    with bulk.Outbox(path, program=PROGRAM) as outbox:
        with pytest.raises(InvalidRequestError, match=param):
            outbox.put(**{"amount": 1, "reference": "r", **wrong})  # type: ignore[arg-type]  # wrong on purpose
        assert len(outbox) == 0


async def test_the_same_reference_with_another_amount_is_a_conflict(path: Path) -> None:
    with bulk.Outbox(path, program=PROGRAM) as outbox:
        outbox.put(customer="a", amount=1, reference="r")
        with pytest.raises(IdempotencyConflictError, match="an amount of 1"):
            outbox.put(customer="a", amount=2, reference="r")
        assert outbox.put(customer="b", amount=2, reference="r")


async def test_customers_need_a_program(path: Path) -> None:
    with (
        bulk.Outbox(path) as outbox,
        pytest.raises(InvalidRequestError, match=r"Outbox\(\)"),
    ):
        outbox.put(customer="a", amount=1, reference="r")


async def test_a_journal_of_a_file_is_no_outbox(client: AsyncVinr, file: Path) -> None:
    result = await bulk.async_adjust(client, file, program=PROGRAM)
    assert result.journal is not None
    with pytest.raises(bulk.JournalError, match="another kind of work"):
        bulk.Outbox(result.journal)

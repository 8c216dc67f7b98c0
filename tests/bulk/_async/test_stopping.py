"""A run that the service, or somebody, stops; and the one that goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.full_disk import full_disk
from vinr import AsyncVinr, InternalServerError, PermissionDeniedError, bulk
from vinr.sandbox import LoseReply, Pass, Sandbox, Slow, Status

PROGRAM = "prog_default"


async def balances(client: AsyncVinr) -> list[int]:
    accounts = client.loyalty.accounts.list(program=PROGRAM)
    return [account.balance async for account in accounts]


async def test_a_service_that_is_away_stops_the_run(
    client: AsyncVinr, sandbox: Sandbox, tmp_path: Path
) -> None:
    file = tmp_path / "many.csv"
    file.write_text("customer,amount\n" + "".join(f"c{number},1\n" for number in range(100)))
    sandbox.faults.add("*", Status(503), times=30)

    with pytest.raises(bulk.BulkStoppedError) as caught:
        await bulk.async_adjust(
            client.with_options(max_retries=0), file, program=PROGRAM, workers=2, patience=0
        )

    stopped = caught.value
    assert isinstance(stopped.__cause__, InternalServerError)
    assert (stopped.result.rows, stopped.result.posted, stopped.result.rejected) == (100, 0, 0)
    assert stopped.result.left + stopped.result.unknown == 100
    assert 3 <= 30 - sum(plan.times for plan in sandbox.faults.pending()) <= 4
    sandbox.faults.clear()
    result = await bulk.async_adjust(client, file, program=PROGRAM)
    assert (result.points, sum(await balances(client))) == (100, 100)


async def test_it_stops_too_where_only_writes_fail(client: AsyncVinr, sandbox: Sandbox) -> None:
    for number in range(10):
        await client.loyalty.accounts.create(program=PROGRAM, customer=f"c{number}")
    rows = [{"customer": f"c{number}", "amount": 1} for number in range(10)]
    sandbox.faults.add("transactions.create", Status(503), times=10)

    with pytest.raises(bulk.BulkStoppedError) as caught:
        await bulk.async_adjust(
            client.with_options(max_retries=0),
            rows,
            program=PROGRAM,
            batch="b",
            workers=1,
            patience=0,
        )

    assert (caught.value.result.unknown, caught.value.result.left) == (3, 7)
    sandbox.faults.clear()


async def test_a_key_that_is_refused_rejects_no_row(
    client: AsyncVinr, sandbox: Sandbox, file: Path
) -> None:
    sandbox.faults.add("*", Status(403), times=50)

    with pytest.raises(bulk.BulkStoppedError) as caught:
        await bulk.async_adjust(client, file, program=PROGRAM)

    assert isinstance(caught.value.__cause__, PermissionDeniedError)
    assert (caught.value.result.left, caught.value.result.rejected) == (5, 0)
    assert caught.value.result.rejects is None


async def test_the_rows_behind_an_unknown_one_wait(
    client: AsyncVinr, sandbox: Sandbox, file: Path
) -> None:
    sandbox.faults.add("transactions.create", LoseReply())
    quick = client.with_options(max_retries=0)

    with pytest.raises(bulk.BulkStoppedError) as caught:
        await bulk.async_adjust(quick, file, program=PROGRAM, key="order", workers=1, patience=0)

    stopped = caught.value.result
    # a's first row is unknown and its refund waits; b is another matter
    assert (stopped.unknown, stopped.left, stopped.posted, stopped.rejected) == (1, 1, 2, 1)
    sandbox.clock.advance(days=7)  # VINR has forgotten the key: the ledger tells
    result = await bulk.async_adjust(client, file, program=PROGRAM, key="order")
    assert (result.posted, result.already_there, result.points) == (1, 3, 130)
    assert sorted(await balances(client)) == [60, 70]


async def test_patience_outlasts_what_passes(
    client: AsyncVinr, sandbox: Sandbox, file: Path
) -> None:
    sandbox.faults.add("transactions.create", [Status(500), LoseReply()])
    quick = client.with_options(max_retries=0)
    result = await bulk.async_adjust(quick, file, program=PROGRAM, key="order", patience=30)

    assert (result.points, sum(await balances(client))) == (130, 130)
    assert (result.posted, result.already_there) == (4, 0)


async def test_a_progress_that_raises_ends_the_run_and_the_next_goes_on(
    client: AsyncVinr, sandbox: Sandbox, file: Path
) -> None:
    sandbox.faults.add("transactions.create", Slow(0.3))  # longer than it keeps what is settled

    def stop(progress: bulk.Progress) -> None:
        if progress.settled:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await bulk.async_adjust(client, file, program=PROGRAM, key="order", on_progress=stop)

    result = await bulk.async_adjust(client, file, program=PROGRAM, key="order")
    assert (result.complete, result.points, sum(await balances(client))) == (True, 130, 130)


async def test_a_member_stops_in_the_middle_where_another_finds_the_key_refused(
    client: AsyncVinr, sandbox: Sandbox
) -> None:
    rows = [{"customer": each, "amount": 1, "n": n} for n in range(20) for each in ("a", "b")]
    sandbox.faults.add("accounts.list", [Pass(), Status(403)])
    sandbox.faults.add("transactions.create", Slow(0.005), times=20)

    with pytest.raises(bulk.BulkStoppedError) as caught:
        await bulk.async_adjust(client, rows, program=PROGRAM, key="n", workers=2)

    stopped = caught.value.result
    assert stopped.posted < 20
    assert stopped.posted + stopped.left == 40
    sandbox.faults.clear()
    assert (await bulk.async_adjust(client, rows, program=PROGRAM, key="n")).complete
    assert await balances(client) == [20, 20]


async def test_a_full_disk_stops_the_run_and_the_next_goes_on(
    client: AsyncVinr, tmp_path: Path
) -> None:
    rows = 300
    file = tmp_path / "many.csv"
    file.write_text("customer,amount\n" + "a,1\n" * rows)

    with full_disk(80_000), pytest.raises(bulk.JournalError, match="disk") as caught:
        await bulk.async_adjust(client, file, program=PROGRAM)

    assert f"{file}.vinr-journal" in str(caught.value)
    result = await bulk.async_adjust(client, file, program=PROGRAM)
    assert (result.points, await balances(client)) == (rows, [rows])


class BoomError(Exception):
    """What a caller's function raises."""


async def test_an_error_of_on_progress_ends_the_run_and_the_next_one_goes_on(
    client: AsyncVinr, sandbox: Sandbox, tmp_path: Path
) -> None:
    """Of more rows than a journal gives a member at once."""
    sandbox.faults.add("transactions.create", Slow(0.3))  # longer than it keeps what is settled
    file = tmp_path / "long.csv"
    file.write_text("order,customer,amount\n" + "".join(f"o-{n},a,1\n" for n in range(300)))

    def fails(progress: bulk.Progress) -> None:
        if progress.settled:
            raise BoomError

    with pytest.raises(BoomError) as caught:
        await bulk.async_adjust(client, file, program=PROGRAM, key="order", on_progress=fails)
    assert "run the same again" in caught.value.__notes__[0]
    [some] = await balances(client)
    assert 0 < some < 300

    result = await bulk.async_adjust(client, file, program=PROGRAM, key="order")

    assert result.complete
    assert await balances(client) == [300]

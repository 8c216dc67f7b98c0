# Generated from tests/bulk/_async/test_stopping.py; do not edit.
"""A run that the service, or somebody, stops; and the one that goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.full_disk import full_disk
from vinr import InternalServerError, PermissionDeniedError, Vinr, bulk
from vinr.sandbox import LoseReply, Pass, Sandbox, Slow, Status

PROGRAM = "prog_default"


def balances(client: Vinr) -> list[int]:
    accounts = client.loyalty.accounts.list(program=PROGRAM)
    return [account.balance for account in accounts]


def test_a_service_that_is_away_stops_the_run(
    client: Vinr, sandbox: Sandbox, tmp_path: Path
) -> None:
    file = tmp_path / "many.csv"
    file.write_text("customer,amount\n" + "".join(f"c{number},1\n" for number in range(100)))
    sandbox.faults.add("*", Status(503), times=30)

    with pytest.raises(bulk.BulkStoppedError) as caught:
        bulk.adjust(
            client.with_options(max_retries=0), file, program=PROGRAM, workers=2, patience=0
        )

    stopped = caught.value
    assert isinstance(stopped.__cause__, InternalServerError)
    assert (stopped.result.rows, stopped.result.posted, stopped.result.rejected) == (100, 0, 0)
    assert stopped.result.left + stopped.result.unknown == 100
    assert 3 <= 30 - sum(plan.times for plan in sandbox.faults.pending()) <= 4
    sandbox.faults.clear()
    result = bulk.adjust(client, file, program=PROGRAM)
    assert (result.points, sum(balances(client))) == (100, 100)


def test_it_stops_too_where_only_writes_fail(client: Vinr, sandbox: Sandbox) -> None:
    for number in range(10):
        client.loyalty.accounts.create(program=PROGRAM, customer=f"c{number}")
    rows = [{"customer": f"c{number}", "amount": 1} for number in range(10)]
    sandbox.faults.add("transactions.create", Status(503), times=10)

    with pytest.raises(bulk.BulkStoppedError) as caught:
        bulk.adjust(
            client.with_options(max_retries=0),
            rows,
            program=PROGRAM,
            batch="b",
            workers=1,
            patience=0,
        )

    assert (caught.value.result.unknown, caught.value.result.left) == (3, 7)
    sandbox.faults.clear()


def test_a_key_that_is_refused_rejects_no_row(client: Vinr, sandbox: Sandbox, file: Path) -> None:
    sandbox.faults.add("*", Status(403), times=50)

    with pytest.raises(bulk.BulkStoppedError) as caught:
        bulk.adjust(client, file, program=PROGRAM)

    assert isinstance(caught.value.__cause__, PermissionDeniedError)
    assert (caught.value.result.left, caught.value.result.rejected) == (5, 0)
    assert caught.value.result.rejects is None


def test_the_rows_behind_an_unknown_one_wait(client: Vinr, sandbox: Sandbox, file: Path) -> None:
    sandbox.faults.add("transactions.create", LoseReply())
    quick = client.with_options(max_retries=0)

    with pytest.raises(bulk.BulkStoppedError) as caught:
        bulk.adjust(quick, file, program=PROGRAM, key="order", workers=1, patience=0)

    stopped = caught.value.result
    # a's first row is unknown and its refund waits; b is another matter
    assert (stopped.unknown, stopped.left, stopped.posted, stopped.rejected) == (1, 1, 2, 1)
    sandbox.clock.advance(days=7)  # VINR has forgotten the key: the ledger tells
    result = bulk.adjust(client, file, program=PROGRAM, key="order")
    assert (result.posted, result.already_there, result.points) == (1, 3, 130)
    assert sorted(balances(client)) == [60, 70]


def test_patience_outlasts_what_passes(client: Vinr, sandbox: Sandbox, file: Path) -> None:
    sandbox.faults.add("transactions.create", [Status(500), LoseReply()])
    quick = client.with_options(max_retries=0)
    result = bulk.adjust(quick, file, program=PROGRAM, key="order", patience=30)

    assert (result.points, sum(balances(client))) == (130, 130)
    assert (result.posted, result.already_there) == (4, 0)


def test_a_progress_that_raises_ends_the_run_and_the_next_goes_on(
    client: Vinr, sandbox: Sandbox, file: Path
) -> None:
    sandbox.faults.add("transactions.create", Slow(0.3))  # longer than it keeps what is settled

    def stop(progress: bulk.Progress) -> None:
        if progress.settled:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bulk.adjust(client, file, program=PROGRAM, key="order", on_progress=stop)

    result = bulk.adjust(client, file, program=PROGRAM, key="order")
    assert (result.complete, result.points, sum(balances(client))) == (True, 130, 130)


def test_a_member_stops_in_the_middle_where_another_finds_the_key_refused(
    client: Vinr, sandbox: Sandbox
) -> None:
    rows = [{"customer": each, "amount": 1, "n": n} for n in range(20) for each in ("a", "b")]
    sandbox.faults.add("accounts.list", [Pass(), Status(403)])
    sandbox.faults.add("transactions.create", Slow(0.005), times=20)

    with pytest.raises(bulk.BulkStoppedError) as caught:
        bulk.adjust(client, rows, program=PROGRAM, key="n", workers=2)

    stopped = caught.value.result
    assert stopped.posted < 20
    assert stopped.posted + stopped.left == 40
    sandbox.faults.clear()
    assert (bulk.adjust(client, rows, program=PROGRAM, key="n")).complete
    assert balances(client) == [20, 20]


def test_a_full_disk_stops_the_run_and_the_next_goes_on(client: Vinr, tmp_path: Path) -> None:
    rows = 300
    file = tmp_path / "many.csv"
    file.write_text("customer,amount\n" + "a,1\n" * rows)

    with full_disk(80_000), pytest.raises(bulk.JournalError, match="disk") as caught:
        bulk.adjust(client, file, program=PROGRAM)

    assert f"{file}.vinr-journal" in str(caught.value)
    result = bulk.adjust(client, file, program=PROGRAM)
    assert (result.points, balances(client)) == (rows, [rows])


class BoomError(Exception):
    """What a caller's function raises."""


def test_an_error_of_on_progress_ends_the_run_and_the_next_one_goes_on(
    client: Vinr, sandbox: Sandbox, tmp_path: Path
) -> None:
    """Of more rows than a journal gives a member at once."""
    sandbox.faults.add("transactions.create", Slow(0.3))  # longer than it keeps what is settled
    file = tmp_path / "long.csv"
    file.write_text("order,customer,amount\n" + "".join(f"o-{n},a,1\n" for n in range(300)))

    def fails(progress: bulk.Progress) -> None:
        if progress.settled:
            raise BoomError

    with pytest.raises(BoomError) as caught:
        bulk.adjust(client, file, program=PROGRAM, key="order", on_progress=fails)
    assert "run the same again" in caught.value.__notes__[0]
    [some] = balances(client)
    assert 0 < some < 300

    result = bulk.adjust(client, file, program=PROGRAM, key="order")

    assert result.complete
    assert balances(client) == [300]

# Generated from tests/bulk/_async/test_journal.py; do not edit.
"""Which rows a journal knows, and what it is not used for."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from vinr import InvalidRequestError, Vinr, bulk
from vinr.bulk._lock import sending_alone
from vinr.bulk._schema import APPLICATION_ID
from vinr.sandbox import LoseReply, Pass, Sandbox

PROGRAM = "prog_default"
CHANGES: Final[dict[str, Callable[[str], str]]] = {
    "a cell": lambda text: text.replace("100", "101"),
    "the last row": lambda text: text.rstrip("\n") + "0\n",
    "a row less": lambda text: text[: text.rindex("o-5")],
    "a row between": lambda text: text.replace("o-1", "o-0,a,1,\no-1"),
}


def test_lines_appended_to_a_file_are_new_rows(client: Vinr, file: Path) -> None:
    first = bulk.adjust(client, file, program=PROGRAM)
    with file.open("a") as more:
        more.write("o-6,a,5,purchase\n")

    second = bulk.adjust(client, file, program=PROGRAM)

    assert (second.rows, second.already_there, second.posted) == (6, 4, 1)
    assert second.batch == first.batch


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_appended_behind_a_last_line_without_a_line_break(
    client: Vinr, file: Path, end: str
) -> None:
    text = file.read_text().strip()
    file.write_text(text)
    bulk.adjust(client, file, program=PROGRAM)
    file.write_bytes(f"{text}{end}o-6,a,5,purchase".encode())

    second = bulk.adjust(client, file, program=PROGRAM)

    assert (second.rows, second.already_there, second.posted) == (6, 4, 1)
    file.write_bytes(f"{text}{end}o-6,a,55,purchase".encode())
    with pytest.raises(bulk.FileChangedError):
        bulk.adjust(client, file, program=PROGRAM)


def test_a_row_of_no_points_may_have_points_later(client: Vinr, file: Path) -> None:
    text = file.read_text()
    file.write_text(text.replace("100", "0").replace("-30", "0"))
    first = bulk.adjust(client, file, program=PROGRAM, key="order")
    assert first.skipped == 2

    file.write_text(text.replace("-30", "0"))
    second = bulk.adjust(client, file, program=PROGRAM, key="order")

    assert (second.posted, second.points_granted, second.skipped) == (1, 100, 1)


@pytest.mark.parametrize("batch", [None, "january"])
@pytest.mark.parametrize("change", CHANGES)
def test_any_other_change_is_refused_where_rows_have_no_key(
    client: Vinr, file: Path, change: str, batch: str | None
) -> None:
    bulk.adjust(client, file, program=PROGRAM, batch=batch)
    file.write_text(CHANGES[change](file.read_text()))

    with pytest.raises(bulk.FileChangedError, match="key="):
        bulk.adjust(client, file, program=PROGRAM, batch=batch)


def test_with_a_key_a_changed_file_is_imported_by_its_keys(client: Vinr, file: Path) -> None:
    bulk.adjust(client, file, program=PROGRAM, key="order")
    rows = file.read_text().splitlines()
    rows[1] = "o-1,a,101,purchase"  # was posted with 100
    rows[3] = "o-3,b,-55,refund"  # was refused with -60
    file.write_text("\n".join([rows[0], "o-0,c,1,gift", *rows[1:]]))

    result = bulk.adjust(client, file, program=PROGRAM, key="order")

    assert (result.posted, result.already_there, result.rejected) == (2, 3, 1)
    assert [(row.line, row.error_code) for row in result.rejections] == [
        (3, "idempotency_conflict")
    ]
    assert (result.points_granted, result.points_taken) == (1, -55)


def test_a_key_twice_in_a_file_is_rejected_by_its_line(client: Vinr, tmp_path: Path) -> None:
    file = tmp_path / "twice.csv"
    file.write_text("id,customer,amount\n1,a,5\n1,a,5\n1,b,5\n")

    result = bulk.adjust(client, file, program=PROGRAM, key="id")

    assert result.posted == 2  # b's is another member's
    assert [(row.line, row.error_code) for row in result.rejections] == [(3, "key_repeated")]


@pytest.mark.parametrize("key", ["order", None])
def test_the_rejects_file_is_mended_and_imported(client: Vinr, file: Path, key: str | None) -> None:
    with file.open("a") as more:
        more.write('o-6,a,"1,000",purchase\n')
    result = bulk.adjust(client, file, program=PROGRAM, key=key)

    assert result.rejects is not None
    assert result.rejects == file.with_name("purchases.csv.rejects.csv")
    with result.rejects.open(newline="") as rejects:
        rows = list(csv.DictReader(rejects))
    named = [] if key else ["reference"]
    assert list(rows[0]) == [
        *("order", "customer", "amount", "reason"),
        *named,
        *("error_code", "error_message"),
    ]
    assert [(row["order"], row["amount"], row["error_code"]) for row in rows] == [
        ("o-3", "-60", "insufficient_points"),
        ("o-6", "1,000", "amount_invalid"),
    ]
    text = result.rejects.read_text()
    for _ in range(2):
        mended = result.rejects.with_name("mended.csv")
        mended.write_text(text.replace('"1,000"', "1000"))
        again = bulk.adjust(client, mended, program=PROGRAM, key=key)
        assert (again.rejected, again.points) == (0, 940)
        mended.with_name("mended.csv.vinr-journal").unlink()
    assert not (bulk.adjust(client, file, program=PROGRAM, key=key)).changed


def test_rejects_that_somebody_is_mending_are_not_overwritten(client: Vinr, file: Path) -> None:
    result = bulk.adjust(client, file, program=PROGRAM, key="order")
    assert result.rejects is not None
    result.rejects.write_text("mending")

    bulk.adjust(client, file, program=PROGRAM, key="order")

    assert result.rejects.read_text() == "mending"


def test_a_journal_is_for_one_program_and_one_kind_of_work(client: Vinr, file: Path) -> None:
    bulk.adjust(client, file, program=PROGRAM)

    with pytest.raises(bulk.JournalError, match="another program"):
        bulk.adjust(client, file, program="prog_other")
    with pytest.raises(bulk.JournalError, match="another kind of work"):
        bulk.enrol(client, file, program=PROGRAM)


def test_the_rejects_file_is_that_of_the_last_file(client: Vinr, file: Path) -> None:
    rejects = Path(f"{file}.rejects.csv")
    for ticket in ("t-1", "t-2", "t-1"):
        file.write_text(f"ticket,customer,amount\n{ticket},a,-5\n")
        result = bulk.adjust(client, file, program=PROGRAM, key="ticket")
        assert result.rejects == rejects
        assert rejects.read_text().splitlines()[1].startswith(f"{ticket},")

    file.write_text("ticket,customer,amount\nt-3,a,5\n")
    assert (bulk.adjust(client, file, program=PROGRAM, key="ticket")).rejects is None
    assert not rejects.exists()


def test_a_wrong_address_binds_no_journal_to_it(client: Vinr, file: Path) -> None:
    with Vinr(secret_key="sk_test_x", base_url="http://127.0.0.1:9/v1", max_retries=0) as astray:
        with pytest.raises(bulk.BulkStoppedError):
            bulk.adjust(astray, file, program=PROGRAM, patience=0)

        assert (bulk.adjust(client, file, program=PROGRAM)).posted == 4

        with pytest.raises(bulk.JournalError, match="another service"):
            bulk.adjust(astray, file, program=PROGRAM, patience=0)


def test_a_file_that_was_refused_binds_no_journal(client: Vinr, file: Path) -> None:
    text = file.read_text().replace("refund", "café")
    file.write_text(text, "latin-1")
    with pytest.raises(InvalidRequestError, match="UTF-8"):
        bulk.adjust(client, file, program="prog_other")
    file.write_text(text, "utf-8")

    assert (bulk.adjust(client, file, program=PROGRAM)).posted == 4


def test_a_file_that_is_no_journal_is_left_alone(client: Vinr, file: Path) -> None:
    other = file.with_name("notes.txt")
    other.write_text("nothing of ours" * 100)

    with pytest.raises(bulk.JournalError, match=r"notes\.txt"):
        bulk.adjust(client, file, program=PROGRAM, journal=other)

    assert other.read_text() == "nothing of ours" * 100


def test_one_process_sends_from_a_journal_at_a_time(client: Vinr, file: Path) -> None:
    with (
        sending_alone(Path(f"{file}.vinr-journal")),
        pytest.raises(bulk.JournalInUseError, match=r"purchases\.csv\.vinr-journal"),
    ):
        bulk.adjust(client, file, program=PROGRAM)


def test_a_journal_that_cannot_be_written(client: Vinr, file: Path) -> None:
    with pytest.raises(bulk.JournalError, match="journal="):
        bulk.adjust(client, file, program=PROGRAM, journal=file / "in" / "a file")


def test_a_file_that_is_missing_leaves_no_journal(client: Vinr, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        bulk.adjust(client, tmp_path / "none.csv", program=PROGRAM)
    assert list(tmp_path.iterdir()) == []


def test_rows_of_an_iterable_need_a_name(client: Vinr) -> None:
    with pytest.raises(InvalidRequestError, match="batch="):
        bulk.adjust(client, [{"customer": "a", "amount": 1}], program=PROGRAM)


def test_customers_need_a_program(client: Vinr, file: Path) -> None:
    with pytest.raises(InvalidRequestError, match="program="):
        bulk.adjust(client, file)


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_a_file_that_grew_is_known_without_its_journal(client: Vinr, file: Path, end: str) -> None:
    text = file.read_text().strip().replace("\n", end or "\n")
    file.write_bytes(f"{text}{end}".encode())
    bulk.adjust(client, file, program=PROGRAM, journal=":memory:")
    grown = [*text.splitlines(), "o-6,a,5,purchase", "o-7,c,6,purchase"]
    file.write_bytes((end or "\n").join(grown).encode())

    results = [bulk.adjust(client, file, program=PROGRAM, journal=":memory:") for _ in range(2)]

    assert [(each.already_there, each.posted) for each in results] == [(4, 2), (6, 0)]
    assert [row.error_code for row in results[0].rejections] == ["refused_before"]


def test_a_batch_that_is_named_is_another_one(client: Vinr, file: Path) -> None:
    bulk.adjust(client, file, program=PROGRAM, journal=":memory:")

    again = bulk.adjust(client, file, program=PROGRAM, batch="again", journal=":memory:")

    assert (again.posted, again.already_there) == (5, 0)


def test_a_line_that_was_appended_since_is_posted_behind_later_ones(
    client: Vinr, sandbox: Sandbox, tmp_path: Path
) -> None:
    file = tmp_path / "days.csv"
    file.write_text("customer,amount,day\na,5,2026-01-01\na,6,2026-01-05\n")
    sandbox.faults.add("transactions.create", [Pass(), LoseReply()])
    with pytest.raises(bulk.BulkStoppedError):
        bulk.adjust(
            client.with_options(max_retries=0), file, program=PROGRAM, order_by="day", patience=0
        )
    with file.open("a") as more:
        more.write("a,7,2026-01-03\n")

    result = bulk.adjust(client, file, program=PROGRAM, order_by="day")

    assert (result.posted, result.already_there, result.rejected) == (1, 2, 0)


def test_a_lock_that_is_none(client: Vinr, file: Path) -> None:
    Path(f"{file}.vinr-journal-lock").write_text("This is no database. " * 99)

    with pytest.raises(
        bulk.JournalError, match=r"purchases\.csv\.vinr-journal-lock cannot be used"
    ):
        bulk.adjust(client, file, program="prog_default", key="order")

    assert len(client.loyalty.transactions.list()) == 0


@pytest.mark.parametrize(
    ("made", "why"),
    [
        ("CREATE TABLE shopping (item)", "another program"),
        (f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = 99", "another version"),
    ],
)
def test_a_database_that_is_no_journal_of_ours(
    client: Vinr, file: Path, made: str, why: str
) -> None:
    with closing(sqlite3.connect(f"{file}.vinr-journal")) as other:
        other.executescript(made)

    with pytest.raises(bulk.JournalError, match=why):
        bulk.adjust(client, file, program="prog_default", key="order")

    assert len(client.loyalty.transactions.list()) == 0

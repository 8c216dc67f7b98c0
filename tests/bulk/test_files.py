"""Rows of files and of iterables: what is read, and what is refused by its line."""

from __future__ import annotations

import csv
import gzip
import io
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from vinr import InvalidRequestError, Vinr, bulk
from vinr.sandbox import Sandbox

PROGRAM = "prog_default"


@pytest.fixture
def client(vinr_client: Vinr) -> Vinr:
    return vinr_client


def balances(client: Vinr) -> dict[str | None, int]:
    members = client.loyalty.accounts.list(program=PROGRAM, limit=100)
    return {member.customer_id: member.balance for member in members}


def imported(client: Vinr, path: Path, content: bytes) -> bulk.BulkResult:
    path.write_bytes(content)
    return bulk.adjust(client, path, program=PROGRAM)


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
@pytest.mark.parametrize(
    "text",
    [
        "customer,amount\na,5\nb,-0\n",
        "customer,amount\r\na,5\r\nb,+0\r\n",
        "\ufeffcustomer,amount\na,5\nb,0",
        "customer;amount;note\na;5;1,5 kg, wrapped\nb;0;\n",
        'customer,note,amount\na,"one, two\nand ""three""",5\nb,,0\n',
        "customer\tamount\na\t5\nb\t0\n",
        "\n customer , amount \n\n a , 5 \nb,0\n",
        '{"customer": "a", "amount": 5}\n\n{"customer": "b", "amount": "0"}\n',
        '\ufeff{"customer": "a", "amount": 5}\r\n{"customer": "b", "amount": 0}',
    ],
)
def test_shapes_of_files(client: Vinr, tmp_path: Path, text: str, pack: type[bytes]) -> None:
    result = imported(client, tmp_path / "rows", pack(text.encode()))

    assert (result.posted, result.skipped, result.rejected) == (1, 1, 0)
    assert balances(client) == {"a": 5, "b": 0}


@pytest.mark.parametrize(
    "amount",
    ["1,000", "1.000", "1 000", "1'000", "5.0", "2.5", "1e3", "", "ten", "٣", "--5", "9" * 19],
)
def test_an_amount_that_is_no_whole_number_is_refused_by_its_line(
    client: Vinr, tmp_path: Path, amount: str
) -> None:
    text = f'customer;amount\na;1\na;"{amount}"\na;2\n'

    result = imported(client, tmp_path / "rows.csv", text.encode())

    assert balances(client) == {"a": 3}
    (rejection,) = result.rejections
    assert (rejection.line, rejection.error_code) == (3, "amount_invalid")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("a", "row_invalid"),
        ("a,1,2,3", "row_invalid"),
        (",1,", "customer_invalid"),
        ("a/b,1,", "customer_invalid"),
        ('a,1,"{"', "metadata_invalid"),
        ('a,1,"{""n"": 1}"', "metadata_invalid"),
    ],
)
def test_other_rows_that_are_refused(client: Vinr, tmp_path: Path, row: str, code: str) -> None:
    text = f"customer,amount,metadata\n{row}\nb,1,\n"

    result = imported(client, tmp_path / "rows.csv", text.encode())

    assert balances(client) == {"b": 1}
    assert [(each.line, each.error_code) for each in result.rejections] == [(2, code)]
    assert result.rejects is not None
    with result.rejects.open(newline="") as file:
        (rejected,) = csv.DictReader(file)
    assert rejected["error_message"] == result.rejections[0].error_message


@pytest.mark.parametrize("line", ["[1]", "{", "null", '{"customer": "a", "amount": NaN}'])
def test_lines_that_are_no_row(client: Vinr, tmp_path: Path, line: str) -> None:
    text = f'{{"customer": "a", "amount": 1}}\n{line}\n'

    result = imported(client, tmp_path / "rows.jsonl", text.encode())

    assert (result.posted, [each.line for each in result.rejections]) == (1, [2])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"customer,amount,amount\n", "two columns named 'amount'"),
        (b"customer,amount\na,5\n\xff,5\n", "not UTF-8"),
        (b"customer,amount\n" + b"a,5\n" * 2_500 + b"\xff,5\n", r"not UTF-8 near line 2\d\d\d"),
        (b'customer,amount\na,"' + b"x" * 200_000 + b'"\n', "from line 2 on"),
        (b'customer,amount,reason\na,5,"27 inch\nb,6,x\nc,7,y\n', "from line 2 on: unexpected end"),
        (b'customer,amount,reason\na,5,x\nb,6,"27" inch\n', "from line 3 on"),
        (gzip.compress(b"customer,amount\n" + b"a,1\n" * 9)[:-9], "damaged gzip"),
    ],
    ids=["empty", "names", "encoding", "later", "long", "unclosed", "misplaced", "gzip"],
)
def test_files_that_cannot_be_read_send_nothing(
    vinr_sandbox: Sandbox, client: Vinr, tmp_path: Path, content: bytes, said: str
) -> None:
    before = vinr_sandbox.snapshot()
    with pytest.raises(InvalidRequestError, match=said) as caught:
        imported(client, tmp_path / "rows.csv", content)

    assert "nothing was sent" in str(caught.value)
    assert vinr_sandbox.snapshot() == before


def test_a_key_that_is_no_column(client: Vinr, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("customer,amount\na,1\n")
    with pytest.raises(InvalidRequestError, match=r"no column 'id', it has: customer, amount"):
        bulk.adjust(client, path, program=PROGRAM, key="id")


def test_a_column_that_is_missing(client: Vinr, tmp_path: Path) -> None:
    with pytest.raises(InvalidRequestError, match=r"no column 'amount'"):
        imported(client, tmp_path / "rows.csv", b"customer,points\na,1\n")
    with pytest.raises(InvalidRequestError, match=r"no column 'customer'"):
        imported(client, tmp_path / "rows.csv", b"who,amount\na,1\n")


@pytest.mark.parametrize("dates", [("2026-01-10", "2026-01-09"), (10, 9), (10, 9.5), ("10", 9)])
def test_rows_of_a_member_in_the_order_of_a_column(client: Vinr, dates: tuple[object, ...]) -> None:
    late, early = dates
    rows = [
        {"customer": "a", "amount": -5, "date": late},
        {"customer": "a", "amount": 5, "date": early},
    ]

    result = bulk.adjust(client, rows, program=PROGRAM, batch="b", order_by="date")

    assert (result.posted, result.rejected) == (2, 0)


def test_columns_and_convert_exclude_each_other(client: Vinr) -> None:
    with pytest.raises(InvalidRequestError, match="convert="):
        bulk.adjust(client, [], batch="b", columns={"amount": "x"}, convert=dict)


def test_what_convert_raises_rejects_the_row(client: Vinr) -> None:
    rows = [{"who": "a", "points": "1"}, {"who": "b", "points": "?"}]

    result = bulk.adjust(
        client,
        rows,
        program=PROGRAM,
        batch="b",
        convert=lambda row: {"customer": row["who"], "amount": int(row["points"])},
    )

    assert balances(client) == {"a": 1}
    assert "invalid literal for int()" in result.rejections[0].error_message


@dataclass
class Bonus:
    customer: str
    amount: int


class BonusTuple(NamedTuple):
    customer: str
    amount: int


class BonusModel(BaseModel):
    customer: str
    amount: int


def rows_of_sqlite() -> Iterator[object]:
    with sqlite3.connect(":memory:") as db:
        db.row_factory = sqlite3.Row
        yield from db.execute("SELECT 'a' AS customer, 5 AS amount").fetchall()
    db.close()


@pytest.mark.parametrize(
    "row",
    [
        {"customer": "a", "amount": 5},
        Bonus("a", 5),
        BonusTuple("a", 5),
        BonusModel(customer="a", amount=5),
        next(iter(list(rows_of_sqlite()))),
    ],
    ids=lambda row: type(row).__name__,
)
def test_rows_that_the_caller_has(client: Vinr, row: object) -> None:
    bulk.adjust(client, iter([row]), program=PROGRAM, batch="b")

    assert balances(client) == {"a": 5}


def test_something_else_is_no_row(client: Vinr) -> None:
    with pytest.raises(InvalidRequestError, match="row 2 is a int"):
        bulk.adjust(client, [{"customer": "a", "amount": 5}, 5], program=PROGRAM, batch="b")
    assert balances(client) == {}


# a lone carriage return is left without quotes by the csv module of Python before 3.13
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), max_size=8)


@st.composite
def files(draw: st.DrawFn) -> tuple[list[str], bytes]:
    """Cells, and a file of them in one of the shapes that programs write."""
    notes = draw(st.lists(CELLS, max_size=6))
    text = io.StringIO()
    writer = csv.writer(
        text,
        delimiter=draw(st.sampled_from(",;\t|")),
        lineterminator=draw(st.sampled_from(["\n", "\r\n"])),
        quoting=draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
    )
    writer.writerows([["customer", "amount", "note"], *(["a", "x", note] for note in notes)])
    mark = draw(st.sampled_from(["", "\ufeff"]))
    return notes, (mark + text.getvalue()).encode()


@settings(deadline=None, max_examples=40)
@given(files())
def test_any_cells_come_back_in_the_rejects_file(file: tuple[list[str], bytes]) -> None:
    notes, content = file
    with TemporaryDirectory() as folder, Sandbox() as sandbox, sandbox.client() as client:
        path = Path(folder, "rows.csv")
        path.write_bytes(content)
        result = bulk.adjust(client, path, program=PROGRAM, journal=":memory:")

        assert result.rejected == len(notes)
        if result.rejects is not None:
            with result.rejects.open(newline="") as rejects:
                assert [row["note"] for row in csv.DictReader(rejects)] == notes


def test_a_client_of_the_other_colour(vinr_sandbox: Sandbox) -> None:
    client = vinr_sandbox.async_client()
    with pytest.raises(TypeError, match="must be a Vinr, not AsyncVinr"):
        bulk.adjust(client, [], batch="b")  # type: ignore[arg-type]  # wrong on purpose


async def test_an_async_call_with_a_blocking_client(client: Vinr) -> None:
    with pytest.raises(TypeError, match="must be a AsyncVinr, not Vinr"):
        await bulk.async_adjust(client, [], batch="b")  # type: ignore[arg-type]  # wrong on purpose


def test_workers_are_counted_from_one(client: Vinr) -> None:
    with pytest.raises(InvalidRequestError, match="workers"):
        bulk.adjust(client, [], batch="b", workers=0)

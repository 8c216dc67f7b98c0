# Generated from tests/_async/test_export.py; do not edit.
"""Exports: every page in every format, whole or not at all, gone on with where they ended."""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

import httpx
import pyarrow.parquet as pq
import pytest

from tests.export.crowd import MANY, MEMBERS, ODD_TEXTS, PROGRAM, fill, sandbox
from tests.full_disk import full_disk
from vinr import InternalServerError, InvalidRequestError, Vinr
from vinr.export import ExportError, ExportResult, export_ledger, export_members
from vinr.sandbox import Pass, Sandbox, Status

Format: TypeAlias = Literal["jsonl", "csv", "parquet"]
Row: TypeAlias = dict[str, Any]

ROWS: Final = MEMBERS + 1
ENTRIES: Final = 2 * MEMBERS + 248


@pytest.fixture(scope="module")
def crowd() -> Iterator[Sandbox]:
    with sandbox() as filled:
        fill(filled)
        yield filled


@pytest.fixture
def client(crowd: Sandbox) -> Vinr:
    return crowd.client(max_retries=0)


def read_jsonl(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def read_csv(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            {name: int(cell) if name in NUMBERS else cell or None for name, cell in row.items()}
            for row in csv.DictReader(file)
        ]


def read_parquet(path: Path) -> list[Row]:
    rows: list[Row] = pq.read_table(path).to_pylist()  # pyright: ignore[reportUnknownMemberType]  # as its stubs have it
    return rows


def files_in(folder: Path) -> list[Path]:
    return [*folder.iterdir()]


NUMBERS: Final = {"amount", "balance", "lifetime_points"}
READERS: Final[dict[Format, Callable[[Path], list[Row]]]] = {
    "jsonl": read_jsonl,
    "csv": read_csv,
    "parquet": read_parquet,
}


@pytest.fixture(params=READERS)
def format(request: pytest.FixtureRequest) -> Format:
    name: Format = request.param
    return name


def test_all_members_are_in_the_file(client: Vinr, tmp_path: Path, format: Format) -> None:
    path = tmp_path / f"members.{format}"
    result = export_members(client, path, program=PROGRAM)
    assert (result.path, result.rows, result.resumed) == (path, ROWS, False)
    members = [each for each in client.loyalty.accounts.list(program=PROGRAM, limit=100)]
    rows = READERS[format](path)
    for name in ("id", "customer", "status", "tier", "balance", "lifetime_points"):
        assert [row[name] for row in rows] == [getattr(each, name) for each in members]
    assert max(row["balance"] for row in rows) == MANY - 1
    assert files_in(tmp_path) == [path]


def test_all_entries_of_a_program_are_in_the_file(
    client: Vinr, tmp_path: Path, format: Format
) -> None:
    path = tmp_path / f"ledger.{format}"
    seen: list[tuple[int, int | None]] = []
    result = export_ledger(
        client, path, program=PROGRAM, on_progress=lambda rows, total: seen.append((rows, total))
    )
    rows = READERS[format](path)
    assert len(rows) == result.rows == ENTRIES
    assert seen[-1] == (ENTRIES, None)
    expected: list[str] = []
    for member in client.loyalty.accounts.list(program=PROGRAM, limit=100):
        entries = client.loyalty.transactions.list(account=member.id, limit=100)
        expected += [each.id for each in entries]
    assert [row["id"] for row in rows] == expected
    assert {MANY, -1, 7, -5, 3} == {row["amount"] for row in rows}


def test_the_ledger_of_a_member_or_of_all(client: Vinr, tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    assert (export_ledger(client, path)).rows == ENTRIES + 1
    account = read_jsonl(path)[0]["account"]
    assert (export_ledger(client, path, account=account)).rows == 1
    assert [row["account"] for row in read_jsonl(path)] == [account]


def test_times_origins_and_metadata_keep_their_types(client: Vinr, tmp_path: Path) -> None:
    path = tmp_path / "ledger.parquet"
    export_ledger(client, path, metadata_columns=["note", "absent"])
    row = read_parquet(path)[5]
    assert row["created_at"] == datetime(2026, 5, 1, tzinfo=UTC)
    assert row["metadata.note"] == json.loads(row["metadata"])["note"] == row["reason"]
    assert json.loads(row["origin"])["type"] == "manual"
    assert row["metadata.absent"] is row["other"] is None


def test_no_cell_is_run_by_a_spreadsheet(client: Vinr, tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    export_ledger(client, path, program=PROGRAM, metadata_columns=["note"])
    rows = read_csv(path)
    reasons = {text if text[0] in "aü" else f"'{text}" for text in ODD_TEXTS}
    assert {row["reason"] for row in rows} == {row["metadata.note"] for row in rows} == reasons
    assert rows[0]["created_at"] == "2026-05-01T00:00:00Z"
    assert ",-5," in path.read_text("utf-8")


def test_what_ended_early_is_gone_on_with(
    crowd: Sandbox, client: Vinr, tmp_path: Path, format: Format
) -> None:
    path = tmp_path / f"members.{format}"
    path.write_text("the file of yesterday")
    crowd.faults.add("accounts.list", [Pass(), Pass(), Status(500)])
    with pytest.raises(InternalServerError):
        export_members(client, path, program=PROGRAM)
    assert path.read_text() == "the file of yesterday"
    seen: list[int] = []
    result = export_members(
        client, path, program=PROGRAM, on_progress=lambda rows, _: seen.append(rows)
    )
    assert (result.rows, result.resumed, seen) == (ROWS, True, [ROWS])
    whole = tmp_path / "whole" / path.name
    whole.parent.mkdir()
    export_members(client, whole, program=PROGRAM)
    assert READERS[format](path) == READERS[format](whole)


@pytest.mark.parametrize("requests", [0, 1, 5, 100, 229, 230, 231, 232])
def test_a_ledger_is_gone_on_with_in_the_middle_of_a_member(
    crowd: Sandbox, client: Vinr, tmp_path: Path, requests: int
) -> None:
    path = tmp_path / "ledger.jsonl"
    crowd.faults.add("transactions.list", [*[Pass()] * requests, Status(500)])
    with pytest.raises(InternalServerError):
        export_ledger(client, path, program=PROGRAM, workers=1)
    result = export_ledger(client, path, program=PROGRAM)
    assert result.resumed == (requests > 0)
    ids = [row["id"] for row in read_jsonl(path)]
    assert (len(ids), len({*ids})) == (ENTRIES, ENTRIES)


class Stopped(Exception):
    """By the caller's own on_progress."""


@pytest.mark.parametrize("what", ["members", "ledger", "member", "program"])
def test_what_ended_behind_the_last_page_has_no_row_twice(
    client: Vinr, tmp_path: Path, what: str
) -> None:
    path = tmp_path / f"{what}.jsonl"
    entries = client.loyalty.transactions.list(limit=1)
    account = entries.data[0].account  # of one entry
    rows = {"members": ROWS + 1, "ledger": ENTRIES + 1, "member": 1, "program": ENTRIES}[what]

    def stop_at_the_end(read: int, _total: int | None) -> None:
        if read == rows:
            raise Stopped

    def export(on_progress: Callable[[int, int | None], None] | None) -> ExportResult:
        if what == "members":
            return export_members(client, path, on_progress=on_progress)
        return export_ledger(
            client,
            path,
            account=account if what == "member" else None,
            program=PROGRAM if what == "program" else None,
            on_progress=on_progress,
        )

    with pytest.raises(Stopped):
        export(stop_at_the_end)
    result = export(None)
    ids = [row["id"] for row in read_jsonl(path)]
    assert result.resumed
    assert len({*ids}) == len(ids) == result.rows == rows


def ended_early(crowd: Sandbox, client: Vinr, path: Path) -> Path:
    crowd.faults.add("accounts.list", [Pass(), Status(500)])
    with pytest.raises(InternalServerError):
        export_members(client, path, program=PROGRAM)
    return path.with_name(path.name + ".part")


def test_it_begins_anew_where_that_is_wanted(crowd: Sandbox, client: Vinr, tmp_path: Path) -> None:
    ended_early(crowd, client, tmp_path / "members.jsonl")
    result = export_members(client, tmp_path / "members.jsonl", program=PROGRAM, resume=False)
    assert (result.rows, result.resumed) == (ROWS, False)


@pytest.mark.parametrize(("hours", "resumed"), [(11, True), (13, False), (-1, False)])
def test_a_part_of_long_ago_is_not_gone_on_with(
    crowd: Sandbox, client: Vinr, tmp_path: Path, hours: int, resumed: bool
) -> None:
    path = tmp_path / "members.jsonl"
    part = ended_early(crowd, client, path)
    began = datetime.now(UTC) - timedelta(hours=hours)
    with sqlite3.connect(part) as db:
        db.execute("UPDATE state SET started = ?", (began.timestamp(),))
    db.close()
    result = export_members(client, path, program=PROGRAM)
    assert (result.rows, result.resumed) == (ROWS, resumed)
    assert (result.started_at == began) is resumed


def test_the_part_of_another_export_stays(crowd: Sandbox, client: Vinr, tmp_path: Path) -> None:
    path = tmp_path / "members.jsonl"
    part = ended_early(crowd, client, path)
    with pytest.raises(ExportError, match="part of another export"):
        export_members(client, path)
    assert part.exists()
    assert (export_members(client, path, program=PROGRAM)).resumed


@pytest.mark.parametrize(
    ("key", "host"), [("sk_test_other", None), (None, "http://127.0.0.1:9/v1")], ids=["key", "host"]
)
def test_the_part_of_another_shop_stays(
    crowd: Sandbox, tmp_path: Path, key: str | None, host: str | None
) -> None:
    path = tmp_path / "members.jsonl"
    with crowd.serve(port=0) as url:
        mine = Vinr(secret_key="sk_test_mine", base_url=url, max_retries=0)
        part = ended_early(crowd, mine, path)
        other = Vinr(secret_key=key or "sk_test_mine", base_url=host or url, max_retries=0)
        with pytest.raises(ExportError, match="part of another export") as caught:
            export_members(other, path, program=PROGRAM)
        assert "sk_test" not in str(caught.value)
        assert part.exists()
        assert (export_members(mine, path, program=PROGRAM)).resumed
        mine.close()
        other.close()


def test_a_full_disk_is_named_and_the_export_goes_on_later(client: Vinr, tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    with full_disk(50_000), pytest.raises(ExportError, match=r"ledger\.jsonl\.part cannot be"):
        export_ledger(client, path, program=PROGRAM)
    assert not path.exists()

    result = export_ledger(client, path, program=PROGRAM)
    assert (result.rows, len(read_jsonl(path))) == (ENTRIES, ENTRIES)


def test_a_file_that_is_no_part_stays(client: Vinr, tmp_path: Path) -> None:
    part = tmp_path / "members.jsonl.part"
    part.write_text("a download of mine " * 100)
    with pytest.raises(ExportError, match="remove it"):
        export_members(client, tmp_path / "members.jsonl")
    assert part.read_text().startswith("a download of mine")


def test_of_two_exports_to_one_file_one_is_refused(
    crowd: Sandbox, client: Vinr, tmp_path: Path
) -> None:
    path = tmp_path / "members.jsonl"
    refused: list[str] = []

    def at_the_same_time(_rows: int, _total: int | None) -> None:
        from vinr.export import export_members  # noqa: PLC0415  # the blocking one in both colours

        with pytest.raises(ExportError) as raised:
            export_members(crowd.client(), path)
        refused.append(raised.value.message)

    result = export_members(client, path, on_progress=at_the_same_time)
    assert (result.rows, len(refused)) == (ROWS + 1, 3)
    assert "another process is exporting" in refused[0]


@pytest.mark.parametrize(
    ("name", "arguments", "param"),
    [
        ("members.xlsx", {}, "format"),
        ("members", {}, "format"),
        ("members.csv", {"format": "xml"}, "format"),
        ("members.csv", {"metadata_columns": "note"}, "metadata_columns"),
        ("ledger.csv", {"program": "prog_1", "account": "loy_1"}, "program"),
        ("ledger.csv", {"workers": 0}, "workers"),
    ],
)
def test_what_cannot_be_exported_sends_nothing(
    tmp_path: Path, name: str, arguments: Row, param: str
) -> None:
    def refuse(_request: httpx.Request) -> httpx.Response:
        raise AssertionError("something was sent")

    http_client = httpx.Client(transport=httpx.MockTransport(refuse))
    client = Vinr(secret_key="sk_test_1", http_client=http_client)
    with pytest.raises(InvalidRequestError) as raised:
        export_ledger(client, tmp_path / name, **arguments)
    assert raised.value.param == param
    assert files_in(tmp_path) == []


def test_a_missing_library_is_named(
    client: Vinr, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ModuleNotFoundError, match=r"a Parquet file needs pyarrow.*vinr\[parquet\]"):
        export_members(client, tmp_path / "members.parquet")


def test_a_missing_folder_is_named(client: Vinr, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nowhere"):
        export_members(client, tmp_path / "nowhere" / "members.csv")


def test_fields_that_are_new_are_kept(tmp_path: Path, format: Format) -> None:
    member = {
        "id": "loy_1",
        "program": "prog_default",
        "customer": "cust_1",
        "status": "frozen",
        "balance": 1,
        "lifetime_points": 1,
        "tier": None,
        "vip": {"since": 2020},
    }

    def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"data": [member], "has_more": False})

    http_client = httpx.Client(transport=httpx.MockTransport(answer))
    client = Vinr(secret_key="sk_test_1", http_client=http_client)
    path = tmp_path / f"members.{format}"
    export_members(client, path)
    [row] = READERS[format](path)
    assert row["status"] == "frozen"
    assert (
        row["vip"] == member["vip"]
        if format == "jsonl"
        else row["other"] == '{"vip":{"since":2020}}'
    )


def test_a_program_without_members_is_a_file_without_rows(
    vinr_sandbox: Sandbox, tmp_path: Path, format: Format
) -> None:
    path = tmp_path / f"members.{format}"
    result = export_members(vinr_sandbox.client(), path)
    assert result.rows == 0
    assert READERS[format](path) == []

"""Frames: exact points, times in UTC, all pages; pandas and polars only when they are used."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest

from tests.export.crowd import MANY, MEMBERS, PROGRAM, fill, sandbox
from vinr import Vinr
from vinr.export import to_pandas, to_polars
from vinr.loyalty import Transaction
from vinr.reports import fetch_points_movement, points_movement


@pytest.fixture(scope="module")
def client() -> Iterator[Vinr]:
    with sandbox() as filled:
        fill(filled)
        yield filled.client()


def test_pandas_has_all_pages_and_exact_points(client: Vinr) -> None:
    frame = to_pandas(client.loyalty.accounts.list(program=PROGRAM), metadata_columns=["note"])
    assert len(frame) == MEMBERS + 1
    assert str(frame.dtypes["balance"]) == "int64"
    assert int(frame["balance"].max()) == MANY - 1
    assert int(frame["customer"].isna().sum()) == 1
    assert json.loads(str(frame["metadata"][5]))["note"] == frame["metadata.note"][5]


def test_polars_has_all_pages_and_exact_points(client: Vinr) -> None:
    frame = to_polars(client.loyalty.accounts.list(program=PROGRAM), metadata_columns=["note"])
    assert len(frame) == MEMBERS + 1
    assert frame.schema["balance"] == pl.Int64
    assert frame["balance"].max() == MANY - 1
    assert frame["customer"].null_count() == 1
    assert json.loads(frame["metadata"][5])["note"] == frame["metadata.note"][5]


def test_entries_have_their_times(client: Vinr) -> None:
    entries = [*client.loyalty.transactions.list(max_items=300)]
    moment = datetime(2026, 5, 1, tzinfo=UTC)
    assert to_polars(entries)["created_at"].unique().to_list() == [moment]
    pandas = to_pandas(entries)
    assert str(pandas.dtypes["created_at"]) == "datetime64[us, UTC]"
    assert pandas["created_at"][0].to_pydatetime() == moment
    assert pandas["amount"].tolist() == to_polars(entries)["amount"].to_list()


def test_the_references_dialect(client: Vinr) -> None:
    members = to_polars(client.loyalty_accounts.list(limit=100))
    assert members.columns == [
        "id", "customer", "points_balance", "tier", "programme_id", "created", "other"
    ]  # fmt: skip
    assert to_pandas(client.points_transactions.list(max_items=3)).columns.tolist() == [
        "id", "loyalty_account", "amount", "type", "points_after", "reason", "created", "other"
    ]  # fmt: skip


def test_expanded_objects_are_their_ids(client: Vinr) -> None:
    page = client.loyalty.accounts.list(program=PROGRAM, expand=["customer", "tier"], max_items=3)
    assert to_polars(page)["customer"].to_list() == [each.customer_id for each in page]


def test_periods_of_a_report(client: Vinr) -> None:
    report = fetch_points_movement(client, program=PROGRAM)
    for frame in (to_pandas(report.periods), to_polars(report.periods)):
        assert int(frame["closing"][0]) == report.closing
        assert frame["start"][0] == date(2026, 5, 1)


def test_rows_of_your_own_stay_exact() -> None:
    at = datetime(2026, 5, 1, tzinfo=UTC)
    rows: list[dict[str, object]] = [
        {"id": "a", "points": MANY, "at": at},
        {"id": "b", "points": None, "at": None, "more": 1.5},
    ]
    assert to_polars(rows).schema["at"] == pl.Datetime("us", "UTC")
    assert str(to_pandas(rows).dtypes["at"]) == "datetime64[us, UTC]"
    assert to_pandas(rows)["at"][0].to_pydatetime() == at
    assert to_polars(rows)["points"].to_list() == [MANY, None]
    pandas = to_pandas(rows)
    assert str(pandas.dtypes["points"]) == "Int64"
    assert int(pandas["points"][0]) == MANY


def test_a_report_of_a_frame_names_what_has_no_time() -> None:
    entry = {"id": "ptx_1", "account": "loy_1", "type": "earn", "amount": 7}
    times = ({"created_at": "2026-01-01T00:00:00Z"}, {"id": "ptx_2"})
    frame = to_pandas([Transaction.model_validate(entry | each) for each in times])
    rows: list[Any] = frame.to_dict("records")  # whose keys are columns' names, of any type
    report = points_movement(rows)
    assert (report.closing, report.ledger) == (7, 14)
    assert report.untimed.ids == ("ptx_2",)


def test_nothing_is_an_empty_frame() -> None:
    assert to_pandas([]).empty
    assert to_polars([]).is_empty()


@pytest.mark.parametrize(("library", "convert"), [("pandas", to_pandas), ("polars", to_polars)])
def test_a_missing_library_is_named(
    monkeypatch: pytest.MonkeyPatch, library: str, convert: object
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    assert callable(convert)
    told = rf"to_{library} needs {library}, .* vinr\[{library}\]"
    with pytest.raises(ModuleNotFoundError, match=told.replace(" vinr", ' "vinr')):
        convert([])


def test_no_library_is_imported_before_it_is_used() -> None:
    code = "import sys, vinr.export; print(*{'pandas', 'polars', 'pyarrow'} & {*sys.modules})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""

"""CSV cells: read back as they were, and none that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from vinr.export.csv_cells import csv_line

TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


@given(st.lists(TEXTS | st.integers(-(2**63), 2**63) | st.none(), min_size=1))
def test_a_line_is_read_back(cells: list[str | int | None]) -> None:
    [read] = csv.reader(io.StringIO(csv_line(cells), newline=""), strict=True)
    for cell, back in zip(cells, read, strict=True):
        if isinstance(cell, int):
            assert int(back) == cell
        elif back != (cell or ""):
            assert back == f"'{cell}"
        if isinstance(cell, str):
            assert not back.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_a_time_is_utc_and_other_values_are_json() -> None:
    moment = datetime(2026, 1, 1, 1, tzinfo=ZoneInfo("Europe/Berlin"))
    assert csv_line([moment, True, {"a": 1}]) == '2026-01-01T00:00:00Z,true,"{""a"": 1}"\n'

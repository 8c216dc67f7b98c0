"""The comparison with other SDKs says of vinr what a quick repetition of it says."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Final

import pytest

from benchmarks.clients import vinr_features
from benchmarks.peers.__main__ import PAGE
from benchmarks.peers.cases import CASES, Case
from benchmarks.peers.features.measuring import cell as feature_cell
from benchmarks.peers.features.names import refuse_any_like
from benchmarks.peers.features.table import FEATURES
from benchmarks.peers.measuring import cell
from benchmarks.roster import LIBRARIES

ROWS: Final = re.findall(r"^\| ([^|]+) \| ([^|]+) \|", PAGE.read_text("utf-8"), re.MULTILINE)
QUICK: Final = ("A POST's answer is lost", "200 with `{}`", "A redirect to another host")
QUICK_FEATURES: Final = (
    "A POST has an idempotency key by itself",
    "Uploads a file",  # told by the names of what there is
    "A list goes backwards",
    "A service for tests that keeps what you write",
)
VINR: Final = next(library for library in LIBRARIES if library.name == "vinr")


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.title in QUICK], ids=lambda case: case.title
)
def test_vinrs_column(case: Case) -> None:
    assert (case.title, cell(case, VINR, Path(sys.executable))) in ROWS


@pytest.mark.parametrize("title", QUICK_FEATURES)
def test_what_vinr_can_do(title: str) -> None:
    assert (title, feature_cell(FEATURES[title], VINR, Path(sys.executable))) in ROWS


@pytest.mark.parametrize("name", ["deadline", "^outbox$", "^WebhookReceiver$", "^ending_before$"])
def test_a_name_that_is_there_is_found(name: str) -> None:
    with pytest.raises(RuntimeError, match="is that the feature"):
        refuse_any_like(name, vinr_features)


def test_the_tables_have_all_faults_and_features() -> None:
    titles = [title for title, _ in ROWS if title.strip("- ")]
    assert titles == [*(case.title for case in CASES), *FEATURES]

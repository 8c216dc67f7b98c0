"""What a journal knows already is not sent again, whatever a file says of it the next time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from vinr import Vinr, bulk
from vinr.sandbox import Sandbox, Status


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[Vinr]:
    with sandbox.client() as client:
        yield client


def imported(client: Vinr, folder: Path, **row: object) -> bulk.BulkResult:
    """One row for the customer ``c`` with the key ``k-1``, by the same journal each time."""
    return bulk.adjust(
        client,
        [{"customer": "c", "amount": 5, "k": "k-1"} | row],
        program="prog_default",
        key="k",
        journal=folder / "work.vinr-journal",
        rejects=folder / "rejects.csv",
    )


@pytest.mark.parametrize("change", [{}, {"reason": "other"}, {"metadata": {"a": "b"}}])
def test_what_was_posted_is_done_with_other_words_too(
    change: dict[str, object], sandbox: Sandbox, client: Vinr, tmp_path: Path
) -> None:
    assert imported(client, tmp_path).posted == 1
    sandbox.faults.add("*", Status(500))

    again = imported(client, tmp_path, **change)

    with pytest.raises(AssertionError):  # nothing was asked
        sandbox.faults.assert_used()
    assert (again.posted, again.already_there, again.rejected) == (0, 1, 0)
    [member] = client.loyalty.accounts.list(program="prog_default")
    assert member.balance == 5


def test_what_was_posted_with_other_points_is_refused(client: Vinr, tmp_path: Path) -> None:
    imported(client, tmp_path)
    again = imported(client, tmp_path, amount=6)
    assert (again.posted, again.rejected) == (0, 1)
    assert again.rejections[0].error_code == "idempotency_conflict"
    assert "was posted before with an amount of 5" in again.rejections[0].error_message


def test_what_was_skipped_may_get_points_the_next_time(client: Vinr, tmp_path: Path) -> None:
    assert imported(client, tmp_path, amount=0).skipped == 1
    assert imported(client, tmp_path, amount=7).posted == 1


def test_a_key_that_comes_twice_is_posted_once(client: Vinr, tmp_path: Path) -> None:
    row = {"customer": "c", "amount": 5, "k": "k-1"}
    result = bulk.adjust(
        client,
        [row, row, {**row, "customer": "d"}],
        program="prog_default",
        key="k",
        journal=tmp_path / "work.vinr-journal",
        rejects=tmp_path / "rejects.csv",
    )
    assert (result.rows, result.posted, result.rejected) == (3, 2, 1)
    assert result.rejections[0].error_code == "key_repeated"
    assert result.rejections[0].line == 2

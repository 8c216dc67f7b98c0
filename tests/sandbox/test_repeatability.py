"""The clock and the seed: time that is told, ids that repeat."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import httpx
import pytest

from vinr.sandbox import Sandbox


def test_the_clock_runs_and_is_advanced() -> None:
    with Sandbox() as sandbox:
        start = sandbox.clock.now()
        assert abs(start - datetime.now(UTC)) < timedelta(seconds=5)
        moved = sandbox.clock.advance(days=365, hours=1, seconds=30)
        ahead = moved - start - timedelta(days=365, hours=1, seconds=30)
        assert timedelta(0) <= ahead < timedelta(seconds=5)
        assert sandbox.clock.now() >= moved


def test_timestamps_are_on_the_sandboxes_clock() -> None:
    with Sandbox() as sandbox, sandbox.client() as client:
        sandbox.clock.advance(days=1000)
        client.loyalty.accounts.create(program="prog_default")
        [event, _] = sandbox.events.list()
        assert abs(event.created - sandbox.clock.now()) < timedelta(seconds=5)


@pytest.mark.parametrize(
    "step", [{"days": -1}, {"seconds": -0.1}, {"days": 10**7}, {"days": 1e300}]
)
def test_steps_that_the_clock_does_not_take(step: dict[str, float]) -> None:
    with Sandbox() as sandbox, pytest.raises(ValueError, match="clock"):
        sandbox.clock.advance(**step)


def ids(sandbox: Sandbox) -> list[str]:
    with sandbox.client() as client:
        account = client.loyalty.accounts.create(program="prog_default")
        entry = client.loyalty.transactions.create(account=account.id, amount=5)
    return [account.id, entry.id, *(event.id for event in sandbox.events.list())]


def test_a_seed_repeats_ids_and_times() -> None:
    def history() -> list[tuple[str, datetime, object]]:
        with Sandbox(seed=7) as sandbox:
            ids(sandbox)
            sandbox.clock.advance(days=3, hours=1)
            ids(sandbox)
            return [(event.id, event.created, event.object) for event in sandbox.events.list()]

    first = history()
    assert first == history()
    assert (first[0][1], first[-1][1]) == (
        datetime(2026, 1, 1, tzinfo=UTC),
        datetime(2026, 1, 4, 1, tzinfo=UTC),
    )


def test_looking_at_a_sandbox_shifts_no_ids() -> None:
    def first_request(looks: int) -> str:
        with Sandbox(seed=7) as sandbox, httpx.Client(transport=sandbox.transport()) as http:
            for _ in range(looks):
                http.get("http://localhost/_sandbox/health")
            return http.get("http://localhost/v1/events").headers["x-vinr-request-id"]

    assert first_request(looks=0) == first_request(looks=3)


def test_time_goes_on_in_a_file(tmp_path: Path) -> None:
    path, start = tmp_path / "members.sqlite", datetime(2030, 5, 1, tzinfo=UTC)
    with Sandbox(path, start=start) as sandbox:
        sandbox.clock.advance(days=30)
    with Sandbox(path, start=start) as sandbox:
        assert sandbox.clock.now() == datetime(2030, 5, 31, tzinfo=UTC)


def test_a_start_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Sandbox(start=datetime(2030, 5, 1))  # noqa: DTZ001 - what is refused


def test_a_seed_repeats_the_ids(tmp_path: Path) -> None:
    with Sandbox(seed=7) as one, Sandbox(seed=7) as same, Sandbox(seed=8) as other:
        assert ids(one) == ids(same)
        assert not set(ids(other)) & set(ids(one))
    with Sandbox() as random, Sandbox() as another:
        assert not set(ids(random)) & set(ids(another))


def test_a_seed_goes_on_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "members.sqlite"
    with Sandbox(path, seed="s") as sandbox:
        first = ids(sandbox)
    with Sandbox(path, seed="s") as sandbox:
        assert not set(ids(sandbox)[:2]) & set(first)


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        ({"days": "3"}, "days are a number, not '3'"),
        ({"hours": None}, "hours are a number, not None"),
        ({"seconds": float("nan")}, "seconds are a number, not nan"),
        ({"minutes": -1}, "only moves forward"),
        ({"days": 10**9}, "year 9999"),
        ({"days": float("inf")}, "year 9999"),
    ],
    ids=str,
)
def test_steps_that_cannot_be(sandbox: Sandbox, step: dict[str, float], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        sandbox.clock.advance(**step)


def test_a_start_that_is_no_moment() -> None:
    with pytest.raises(ValueError, match=r"with a time zone, .* not .2026-01-01."):
        Sandbox(start=cast("datetime", "2026-01-01"))


def test_without_a_seed_newer_ids_come_behind_older_ones() -> None:
    """So that the indexes of a long ledger grow at their end, and a call costs what it did."""
    with Sandbox() as sandbox, sandbox.client() as client:
        member = client.loyalty.accounts.create(program="prog_default").id
        made = [client.loyalty.transactions.create(account=member, amount=5).id for _ in range(50)]
    milliseconds = [id[: -len("random.")] for id in made]
    assert milliseconds == sorted(milliseconds)
    assert len({id[-len("random.") :] for id in made}) == 50

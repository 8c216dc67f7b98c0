"""Every store: one claim at a time, handled for good, and nothing held by the dead."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.together import eventually, together
from tests.webhooks.conftest import MakeStore
from vinr import InvalidRequestError
from vinr.webhooks import EventStore, RedisStore, SQLiteStore


def test_in_work_then_handled(store: EventStore) -> None:
    assert store.claim("evt_1", "a", 60) == "claimed"
    assert store.claim("evt_1", "b", 60) == "in_work"
    assert store.claim("evt_2", "b", 60) == "claimed"
    store.complete("evt_1")
    assert store.claim("evt_1", "c", 60) == "handled"
    assert store.claim("evt_2", "c", 60) == "in_work"


def test_a_claim_is_given_back_by_its_own_token(store: EventStore) -> None:
    store.claim("evt_1", "a", 60)
    store.release("evt_1", "b")
    assert store.claim("evt_1", "c", 60) == "in_work"
    store.release("evt_1", "a")
    assert store.claim("evt_1", "c", 60) == "claimed"
    store.complete("evt_1")
    store.release("evt_1", "c")
    assert store.claim("evt_1", "d", 60) == "handled"


def test_the_claim_of_the_dead_ends_with_its_lease(store: EventStore) -> None:
    store.claim("evt_1", "a", 0.02)
    eventually(lambda: store.claim("evt_1", "b", 60) == "claimed")
    store.release("evt_1", "a")  # it lives after all, and no longer has the event
    assert store.claim("evt_1", "c", 60) == "in_work"
    store.complete("evt_1")
    assert store.claim("evt_1", "c", 60) == "handled"


def test_handled_events_are_forgotten_in_the_end(make_store: MakeStore) -> None:
    store = make_store(0.02)
    for id in ("evt_1", "evt_2"):
        store.claim(id, "a", 60)
        store.complete(id)
    eventually(lambda: store.claim("evt_1", "b", 60) == "claimed")
    store.complete("evt_1")


@pytest.mark.parametrize("keep", [0, -1, float("nan"), float("inf")])
def test_times_to_keep_that_are_none(make_store: MakeStore, keep: float) -> None:
    with pytest.raises(InvalidRequestError, match="keep"):
        make_store(keep)


def test_of_many_at_once_one_claims(store: EventStore) -> None:
    tokens = iter("abcdefgh")
    claims = together(8, lambda: store.claim("evt_1", next(tokens), 60))
    assert sorted(claims) == ["claimed", *["in_work"] * 7]


def test_a_file_of_your_own_is_shared_and_outlives_the_process(tmp_path: Path) -> None:
    path = tmp_path / "shop.sqlite"
    SQLiteStore(path).complete("evt_1")
    code = "import sys; from vinr.webhooks import SQLiteStore as S; s = S(sys.argv[1]);"
    run = [
        sys.executable,
        "-c",
        f"{code} print(s.claim('evt_1', 'a', 60), s.claim('evt_2', 'a', 60))",
    ]
    assert subprocess.check_output([*run, path], text=True).split() == ["handled", "claimed"]
    assert SQLiteStore(path).claim("evt_2", "b", 60) == "in_work"


@pytest.mark.parametrize("path", ["", ":memory:"])
def test_a_file_that_is_none(path: str) -> None:
    with pytest.raises(InvalidRequestError, match="MemoryStore"):
        SQLiteStore(path)


def test_redis_by_its_url(redis_url: str) -> None:
    store = RedisStore.from_url(redis_url, prefix="by_url:")
    assert store.claim("evt_1", "a", 60) == "claimed"
    assert RedisStore.from_url(redis_url).claim("evt_1", "a", 60) == "claimed"
    assert RedisStore.from_url(redis_url, prefix="by_url:").claim("evt_1", "b", 60) == "in_work"


def test_only_what_is_used_is_loaded() -> None:
    code = (
        "import sys; before = {*sys.modules}; from vinr import Vinr;"
        " from vinr.webhooks import Webhook;"
        " print(*{'redis', 'sqlite3', 'vinr.webhooks.receiver'} & {*sys.modules} - before);"
        " from vinr.webhooks import RedisStore, WebhookReceiver; print('redis' in sys.modules);"
        " sys.modules['redis'] = None; RedisStore.from_url('redis://127.0.0.1')"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert result.stdout == "\nFalse\n"
    assert "pip install 'vinr[redis]'" in result.stderr

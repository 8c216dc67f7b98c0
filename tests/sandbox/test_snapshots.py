"""Snapshots and files: a sandbox as it was, here or somewhere else."""

from __future__ import annotations

import json
import os
from io import BytesIO
from pathlib import Path

import httpx
import pytest

from tests.sandbox.receiver import SECRET, receiving
from tests.sandbox.service import Json, Service, accepted, refused
from vinr.sandbox import Program, Reset, Sandbox

PROGRAM = Program(id="prog_default", name="Default", expiry_months=12, default=True)


def lived_in(path: str | Path = ":memory:") -> Sandbox:
    """A sandbox in which most things have happened."""
    sandbox = Sandbox(path, programs=[PROGRAM], seed=3)
    with sandbox.client() as client:
        members = [
            client.loyalty.accounts.create(program="prog_default", customer=f"cust_{n}").id
            for n in range(3)
        ]
        client.loyalty.transactions.create(account=members[0], amount=5, idempotency_key="ticket")
        client.loyalty.accounts.merge(source=members[2], target=members[0])
    sandbox.add_customer("cust_1", email="one@customer.test")
    sandbox.simulate.payment_completed(customer="cust_1", amount=100, payment="pay_1")
    sandbox.simulate.redemption(account=members[1], points=30, redemption="red_1")
    sandbox.clock.advance(hours=3)
    return sandbox


def seen(sandbox: Sandbox) -> object:
    """All that can be seen of a sandbox."""
    with sandbox.client() as client:
        again = client.loyalty.transactions.create(
            account=client.loyalty.accounts.list(customer="cust_0").data[0].id,
            amount=5,
            idempotency_key="ticket",
        )
        return (
            again.last_response.replayed,
            [member.model_dump() for member in client.loyalty.accounts.list()],
            [entry.model_dump() for entry in client.loyalty.transactions.list()],
            [entry.model_dump() for entry in client.points_transactions.list()],
            sandbox.events.list(),
            sandbox.clock.now(),
            sandbox.check(),
        )


@pytest.mark.parametrize("kind", ["memory", "file"])
def test_a_snapshot_brings_everything_back(tmp_path: Path, kind: str) -> None:
    with lived_in(":memory:" if kind == "memory" else tmp_path / "a.sqlite") as sandbox:
        sandbox.clock.advance(hours=1)
        snapshot = sandbox.snapshot()
        before = seen(sandbox)
        sandbox.clock.advance(days=1000)
        sandbox.simulate.payment_completed(customer="cust_1", amount=7)
        assert seen(sandbox) != before
        sandbox.restore(snapshot)
        assert seen(sandbox) == before
        sandbox.simulate.payment_refunded(payment="pay_1")
    with Sandbox(tmp_path / "b.sqlite", seed=3) as another:
        another.restore(snapshot)
        assert seen(another) == before


def test_a_reset_sandbox_is_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with Sandbox(path, programs=[PROGRAM], seed=3) as sandbox:
        began = sandbox.snapshot()
    with lived_in(path) as sandbox:
        sandbox.configure(program=Program(id="prog_other", name="Other", default=True))
        sandbox.faults.add("*", Reset())
        sandbox.webhooks.add("http://127.0.0.1:9/", secret=SECRET)
        sandbox.reset()
        assert (sandbox.faults.pending(), sandbox.webhooks.endpoints) == ([], [])
        again = sandbox.snapshot()
        with Sandbox(seed=3) as first, Sandbox(seed=3) as second:
            first.restore(began)
            second.restore(again)
            first.save(tmp_path / "first")
            second.save(tmp_path / "second")
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


def test_states_are_kept_and_come_back_over_http(service: Service) -> None:
    def tell(path: str, body: Json | None = None) -> httpx.Response:
        url = service.http.base_url.copy_with(path=f"/_sandbox/{path}")
        return service.checked(service.http.post(url, json=body))

    service.enrol("cust_1")
    kept = accepted(tell("snapshots"))
    service.enrol("cust_2")
    service.sandbox.clock.advance(days=1)
    accepted(tell("restore", kept))
    members = accepted(service.get("/loyalty/accounts"))["data"]
    assert [member["customer"] for member in members] == ["cust_1"]
    now = accepted(tell("reset"))["now"]
    assert 0 <= service.sandbox.clock.time() - now < 5
    assert accepted(service.get("/loyalty/accounts"))["data"] == []
    assert accepted(service.get("/events"))["data"] == []
    service.enrol("cust_1")

    refused(tell("restore", {"snapshot": "snap_99"}), 404, "resource_missing", "snapshot")
    for _ in range(20):
        accepted(tell("snapshots"))
    refused(tell("restore", kept), 404, "resource_missing", "snapshot")


@pytest.mark.parametrize(
    "content", [b"", b"nonsense", b"SQLite format 3\0" + bytes(500), "x", None]
)
def test_what_is_no_snapshot(content: bytes) -> None:
    with lived_in() as sandbox:
        before = seen(sandbox)
        with pytest.raises(ValueError, match="snapshot"):
            sandbox.restore(content)
        assert seen(sandbox) == before


def test_a_saved_sandbox_is_loaded_with_everything(tmp_path: Path) -> None:
    path = tmp_path / "members.jsonl"
    with lived_in() as sandbox:
        sandbox.save(path)
        before = seen(sandbox)
    with Sandbox(seed=3) as another:
        assert another.load(path) == len(path.read_bytes().splitlines())
        assert seen(another) == before


def test_an_editor_may_begin_a_file_with_a_mark(tmp_path: Path) -> None:
    path = tmp_path / "members.jsonl"
    path.write_text('{"member": {"customer": "cust_1"}}\r\n', "utf-8-sig")
    with Sandbox() as sandbox:
        assert sandbox.load(path) == 1


def test_text_that_looks_like_bytes_is_saved_as_it_is(tmp_path: Path) -> None:
    with Sandbox() as sandbox, Sandbox() as another:
        sandbox.client().loyalty.accounts.create(
            program="prog_default", customer="base64:x", metadata={"base64:": "x"}
        )
        sandbox.save(tmp_path / "all.jsonl")
        another.load(tmp_path / "all.jsonl")
        assert [each.customer_id for each in another.client().loyalty.accounts.list()] == [
            "base64:x"
        ]


@pytest.mark.parametrize("left", [1, 5, -1])
def test_a_saved_file_that_was_cut_is_refused(tmp_path: Path, left: int) -> None:
    path = tmp_path / "cut.jsonl"
    with lived_in() as sandbox:
        sandbox.save(path)
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:left]))
    with Sandbox() as another:
        with pytest.raises(ValueError, match="the file ends here"):
            another.load(path)
        assert another.events.list() == []


def test_what_was_saved_is_not_delivered_members_by_hand_are(tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    with lived_in() as sandbox:
        sandbox.save(path)
    with receiving() as receiver, Sandbox() as another:
        another.webhooks.add(receiver.url, secret=SECRET)
        another.load(path)
        assert another.webhooks.deliver() == []
        path.write_text('{"member": {"customer": "cust_new"}}', "utf-8")
        another.load(path)
        assert len(another.webhooks.deliver()) == 1


def test_members_written_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "members.jsonl"
    program = {"id": "prog_x", "name": "X", "welcome_bonus": 5}
    lines: list[object] = [
        {"program": program},
        {"member": {"customer": "cust_1", "points": 500, "metadata": {"vip": "yes"}}},
        {"member": {"customer": "cust_1", "program": "prog_x", "points": 10}},
    ]
    path.write_text("\n\n".join(map(json.dumps, lines)), "utf-8")
    with Sandbox() as sandbox, sandbox.client() as client:
        client.loyalty.accounts.create(program="prog_default", customer="cust_0")
        assert sandbox.load(path) == 3
        found = {
            member.program: member for member in client.loyalty.accounts.list(customer="cust_1")
        }
        assert [found["prog_default"].balance, found["prog_x"].balance] == [500, 15]
        assert found["prog_default"].metadata == {"vip": "yes"}
        assert sandbox.check() == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("nonsense", "line 2"),
        ("[1]", "an object with one of"),
        ('{"other": 1}', "an object with one of"),
        ('{"member": {"points": "5"}}', "points"),
        ('{"member": {"customer": "cust_1"}}', "already has an active account"),
        ('{"member": {"program": "prog_none"}}', "No such program"),
        ('{"program": {"id": "prog_x"}}', "name"),
        ('{"table": "sqlite_master", "row": {}}', "no table"),
        ('{"table": "accounts", "row": {"x": 1}}', "cannot have this row"),
        ('{"table": "accounts"}', "an object with one of"),
        ('{"table": "accounts", "row": []}', "is an object"),
        ('{"table": "clock", "row": {"ahead": "x"}}', "ahead is REAL, not 'x'"),
        ('{"table": "customers", "row": {"id": "a", "email": 5}}', "email is TEXT, not 5"),
        ('{"table": "clock", "row": {"ahead": true}}', "ahead is REAL, not True"),
        ('{"table": "merges", "row": {"seq": 1e3}}', "seq is INTEGER"),
        ('{"table": "idempotency", "row": {"scope": "base64:?"}}', "cannot have this row"),
        ('{"program": {"id": "prog_x", "name": "X"}, "member": {}}', "an object with one of"),
        ('{"member": {"points": 1, "points": 2}}', "A name stands twice"),
        ('{"member": 5}', "line 2: member: "),
        ('{"member": {', "line 2: column 13: "),
        ("[" * 100_000, "too deep"),
        ('{"lines": 5}', "5 lines were saved, 1 are here"),
        ('{"sandbox": 99}', "layout 99"),
        ('{"sandbox": 2}', "into a new one"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_loaded(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "members.jsonl"
    path.write_text('{"member": {"customer": "cust_1"}}\n' + line + "\n", "utf-8")
    with Sandbox() as sandbox, sandbox.client() as client:
        with pytest.raises(ValueError, match=reason) as bad:
            sandbox.load(path)
        assert str(bad.value).startswith("line 2: ")
        assert client.loyalty.accounts.list().data == []


def test_saving_replaces_a_file_only_when_it_is_whole(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    target, link = folder / "a.jsonl", folder / "link.jsonl"
    target.write_text("the old one", "utf-8")
    target.chmod(0o600)
    link.symlink_to(target)
    with Sandbox() as sandbox:
        with monkeypatch.context() as broken:
            broken.setattr(os, "fsync", no_space)
            with pytest.raises(OSError, match="No space left"):
                sandbox.save(link)
        assert target.read_text("utf-8") == "the old one"
        sandbox.save(link)
    assert target.read_text("utf-8").startswith('{"sandbox"')
    assert target.stat().st_mode & 0o777 == 0o600
    assert sorted(folder.iterdir()) == [target, link]
    assert link.is_symlink()


def no_space(_: int) -> None:
    raise OSError(28, "No space left on device")


def test_saving_and_loading_through_open_files() -> None:
    file = BytesIO()
    with Sandbox() as sandbox, Sandbox() as copy:
        sandbox.client().loyalty.accounts.create(program="prog_default", customer="cust_1")
        assert sandbox.save(file) == len(file.getvalue().splitlines())
        file.seek(0)
        copy.load(file)
        assert copy.snapshot() == sandbox.snapshot()

"""Which files are a sandbox's: others are refused before anything is written to them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests.serving import run_here
from vinr.sandbox import Sandbox

RELEASED = Path(__file__).with_name("released")
"""What earlier layouts wrote: a file, as SQL, and the same saved line by line."""
APPLICATION_ID = int.from_bytes(b"vinr")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "app.sqlite"


def made_by(path: Path, script: str) -> bytes:
    """A database that another program made; returns its bytes."""
    with closing(sqlite3.connect(path)) as db:
        db.executescript(script)
    return path.read_bytes()


def marks(path: Path) -> tuple[int, int]:
    with closing(sqlite3.connect(path)) as db:
        [application_id] = db.execute("PRAGMA application_id").fetchone()
        [version] = db.execute("PRAGMA user_version").fetchone()
    return application_id, version


@pytest.mark.parametrize(
    "script",
    [
        "CREATE TABLE orders (id INTEGER); INSERT INTO orders VALUES (1)",
        "CREATE TABLE accounts (key TEXT); PRAGMA user_version = 2",
        "CREATE TABLE accounts (key TEXT); PRAGMA user_version = 7",
        "CREATE TABLE orders (id INTEGER); PRAGMA journal_mode = WAL",
        "CREATE VIEW numbers AS SELECT 1",
        "PRAGMA application_id = 42",
        "PRAGMA user_version = 3",
        (RELEASED / "members.sql").read_text("utf-8") + "CREATE TABLE orders (id INTEGER)",
        (RELEASED / "members.sql").read_text("utf-8") + "DROP TABLE refunds",
    ],
)
def test_a_database_of_another_program_is_left_alone(path: Path, script: str) -> None:
    before = made_by(path, script)
    with pytest.raises(ValueError, match="of another program; nothing was written to it"):
        Sandbox(path)
    for command in (["serve", "--port", "0"], ["seed", "--members", "1"], ["check"]):
        result = run_here(command[0], "--db", str(path), *command[1:])
        assert result.exit_code == 1
        assert len(result.stderr.splitlines()) == 1
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("mode", ["WAL", "DELETE"])
def test_what_a_crash_left_undone_is_left_to_its_program(path: Path, mode: str) -> None:
    script = "CREATE TABLE orders (note TEXT); INSERT INTO orders VALUES ('kept')"
    left = crash_in_the_middle(path, script, mode, "orders", "note")
    with pytest.raises((ValueError, OSError), match="cannot be opened as a sandbox"):
        Sandbox(path)
    assert {each.name: each.read_bytes() for each in left} == {
        each.name: content for each, content in left.items()
    }


@pytest.mark.parametrize("mode", ["WAL", "DELETE"])
def test_what_a_crash_left_undone_is_undone(path: Path, mode: str) -> None:
    with Sandbox(path) as sandbox, sandbox.client() as client:
        client.loyalty.accounts.create(program="prog_default", metadata={"note": "kept"})
    left = crash_in_the_middle(path, "", mode, "accounts", "metadata")
    assert len(left) > 1
    with Sandbox(path) as sandbox, sandbox.client() as client:
        [member] = client.loyalty.accounts.list()
        assert member.metadata == {"note": "kept"}
        assert sandbox.check() == []


def crash_in_the_middle(
    path: Path, script: str, mode: str, table: str, column: str
) -> dict[Path, bytes]:
    """Leaves the files as they are when a program dies in a transaction; returns them."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.executescript(f"PRAGMA journal_mode = {mode}; {script}")
        db.execute("PRAGMA cache_size = 1")
        db.execute("BEGIN")
        db.execute(f"UPDATE {table} SET {column} = ?", ("x" * 500_000,))  # noqa: S608
        content = {each: each.read_bytes() for each in path.parent.glob(f"{path.name}*")}
        db.execute("ROLLBACK")
    left = {each: bytes for each, bytes in content.items() if not each.name.endswith("-shm")}
    for each, bytes in left.items():
        each.write_bytes(bytes)
    return left


def test_a_sandbox_of_a_later_version_is_refused(path: Path) -> None:
    made_by(path, f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = 99")
    with pytest.raises(ValueError, match="layout 99"):
        Sandbox(path)
    with Sandbox() as sandbox, pytest.raises(ValueError, match=r"no snapshot.*layout 99"):
        sandbox.restore(path.read_bytes())


@pytest.mark.parametrize("content", [None, b""])
def test_a_new_file_is_marked(path: Path, content: bytes | None) -> None:
    if content is not None:
        path.write_bytes(content)
    with Sandbox(path):
        pass
    application_id, version = marks(path)
    assert application_id == APPLICATION_ID
    assert version > 0
    with Sandbox(path) as sandbox:
        sandbox.reset()
    assert marks(path) == (application_id, version)


def is_as_released(sandbox: Sandbox) -> bool:
    with sandbox.client() as client:
        members = {each.customer_id: each for each in client.loyalty.accounts.list()}
        again = client.loyalty.transactions.create(
            account=members["cust_0"].id, amount=600, idempotency_key="ticket"
        )
    balances = {customer: each.balance for customer, each in members.items()}
    return (
        balances == {"cust_0": 600, "cust_1": 70, "cust_2": 0}
        and again.last_response.replayed
        and sandbox.clock.offset == 3 * 60 * 60
        and sandbox.check() == []
    )


def test_a_file_of_the_first_release_is_opened_and_marked(path: Path) -> None:
    made_by(path, (RELEASED / "members.sql").read_text("utf-8"))
    for _ in range(2):
        with Sandbox(path, seed=3) as sandbox:
            assert is_as_released(sandbox)
    assert marks(path)[0] == APPLICATION_ID


def test_a_snapshot_of_the_first_release_is_restored(path: Path) -> None:
    snapshot = made_by(path, (RELEASED / "members.sql").read_text("utf-8"))
    with Sandbox(path.with_name("new.sqlite"), seed=3) as sandbox:
        sandbox.restore(snapshot)
        assert is_as_released(sandbox)
    assert marks(path.with_name("new.sqlite"))[0] == APPLICATION_ID


def test_lines_of_the_first_release_are_loaded(path: Path) -> None:
    with Sandbox(path, seed=3) as sandbox:
        sandbox.load(RELEASED / "members.jsonl")
        assert is_as_released(sandbox)


@pytest.mark.parametrize("how", ["opened", "restored", "loaded"])
def test_customers_of_the_layout_before_are_read(path: Path, how: str) -> None:
    script = (RELEASED / "customers.sql").read_text("utf-8")
    if how == "opened":
        made_by(path, script)
    with Sandbox(path, seed=4) as sandbox, sandbox.client() as client:
        if how == "restored":
            sandbox.restore(made_by(path.with_name("other.sqlite"), script))
        elif how == "loaded":
            sandbox.load(RELEASED / "customers.jsonl")
        [ann] = client.customers.list(email="ann@customer.test")
        created = client.customers.create(
            email="ann@customer.test", name="Ann", idempotency_key="ann"
        )
        assert created.id == ann.id
        assert [each.name for each in client.customers.list()] == ["Ann"]
        [member] = client.loyalty.accounts.list(customer=ann.id)
        assert (member.balance, member.tier) == (90, "top")
        [redemption] = client.redemptions.list(customer=ann.id)
        assert (redemption.id, redemption.redeemable_id) == ("red_1", None)
        back = sandbox.simulate.redemption_released(redemption="red_1")
        assert back.amount == 30
        assert sandbox.check() == []


@pytest.mark.parametrize(
    "kind", ["another program", "another layout", "nothing in it", "half of one"]
)
def test_what_only_looks_like_a_snapshot(path: Path, kind: str) -> None:
    with Sandbox() as sandbox, sandbox.client() as client:
        member = client.loyalty.accounts.create(program="prog_default")
        whole = sandbox.snapshot()
        snapshot = {
            "another program": made_by(path, "CREATE TABLE orders (id INTEGER)"),
            "another layout": made_by(path.with_name("b"), "PRAGMA user_version = 2"),
            "nothing in it": made_by(path.with_name("c"), "CREATE TABLE a (b); DROP TABLE a"),
            "half of one": whole[: len(whole) // 2],
        }[kind]
        with pytest.raises(ValueError, match="this is no snapshot of a sandbox"):
            sandbox.restore(snapshot)
        assert client.loyalty.accounts.retrieve(member.id) == member


def test_a_file_needs_a_name() -> None:
    with pytest.raises(ValueError, match="needs a name"):
        Sandbox("")
    for command in ("serve", "seed", "check"):
        result = run_here(command, "--db", "")
        assert result.exit_code in (1, 2)


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere" / "a.sqlite"
    with pytest.raises(OSError, match=str(nowhere)):
        Sandbox(nowhere)
    other = tmp_path / "notes.txt"
    other.write_text("no database " * 100, "utf-8")
    with pytest.raises(ValueError, match=f"{other} cannot be opened as a sandbox"):
        Sandbox(other)


@pytest.fixture(scope="module")
def many_pages(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The content of a sandbox's file."""
    path = tmp_path_factory.mktemp("filled") / "app.sqlite"
    with Sandbox(path) as sandbox, sandbox.client() as client:
        for number in range(100):
            account = client.loyalty.accounts.create(
                program="prog_default", customer=f"cust_{number}", idempotency_key=f"key-{number}"
            )
            client.loyalty.transactions.create(account=account.id, amount=5)
    return path.read_bytes()


@pytest.fixture
def filled(path: Path, many_pages: bytes) -> Path:
    path.write_bytes(many_pages)
    return path


@pytest.mark.parametrize("page", range(1, 24, 4))
def test_a_damaged_page_is_told_in_a_line(filled: Path, page: int) -> None:
    content = bytearray(filled.read_bytes())
    content[page * 4096 : (page + 1) * 4096] = b"\xff" * 4096
    filled.write_bytes(content)
    result = run_here("check", "--db", str(filled))
    assert (result.exit_code, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1


def test_what_cannot_be_written_out_is_told_in_a_line(filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as db:
        db.execute("DROP TABLE refunds")
    result = run_here("save", "--db", str(filled), "-")
    assert result.exit_code == 1
    assert result.stderr == f"Error: {filled} is damaged: no such table: refunds\n"


@pytest.mark.parametrize(
    ("bytes_left", "empty_log"),
    [*((left, "") for left in (50, 100, 4096, -8192, -100, -1)), (-1, "-wal"), (-1, "-journal")],
)
def test_a_file_that_was_cut_is_told_in_a_line(
    filled: Path, bytes_left: int, empty_log: str
) -> None:
    left = filled.read_bytes()[:bytes_left]
    filled.write_bytes(left)
    if empty_log:
        filled.with_name(filled.name + empty_log).touch()
    with pytest.raises(ValueError, match="cannot be opened as a sandbox: its end is missing"):
        Sandbox(filled)
    result = run_here("check", "--db", str(filled))
    assert (result.exit_code, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1
    assert filled.read_bytes() == left


@pytest.mark.parametrize("bytes_left", [50, 100, 4096, -4096, -100, -1])
def test_a_snapshot_that_was_cut_is_refused(filled: Path, bytes_left: int) -> None:
    with Sandbox(filled) as sandbox, sandbox.client() as client:
        for snapshot in (sandbox.snapshot(), filled.read_bytes()):
            with pytest.raises(ValueError, match="no snapshot of a sandbox: its end is missing"):
                sandbox.restore(snapshot[:bytes_left])
        assert len(list(client.loyalty.accounts.list())) == 100


def test_a_file_whose_end_is_still_in_its_log_is_whole(path: Path) -> None:
    log = path.with_name(f"{path.name}-wal")
    with Sandbox(path) as sandbox, sandbox.client() as client:
        for _ in range(100):
            client.loyalty.accounts.create(program="prog_default")
        content_of_log = log.read_bytes()
    # as where a process dies while it moves the pages of the log into the file
    path.write_bytes(path.read_bytes()[:4096])
    log.write_bytes(content_of_log)
    with Sandbox(path) as sandbox, sandbox.client() as client:
        assert len(list(client.loyalty.accounts.list())) == 100
        assert sandbox.check() == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE programs SET definition = 'nonsense'",
        "UPDATE transactions SET amount = 'nonsense'",
        "DELETE FROM sqlite_master WHERE name = 'transactions'",
    ],
)
def test_contents_that_make_no_sense_are_told_in_a_line(filled: Path, statement: str) -> None:
    with closing(sqlite3.connect(filled)) as db:
        db.execute("PRAGMA writable_schema = ON")
        db.execute("DROP TRIGGER transactions_are_immutable")
        db.execute(statement)
        db.commit()
    result = run_here("check", "--db", str(filled))
    assert (result.exit_code, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("statement", "asked", "said"),
    [
        ("UPDATE rewards SET definition = '[]'", "/rewards", "it is damaged"),
        (
            "DELETE FROM accounts",
            "/points-transactions?expand[]=loyalty_account",
            "it is damaged",
        ),
        ("UPDATE accounts SET metadata = '{'", "/loyalty/accounts", "this is a bug of its own"),
    ],
)
def test_contents_that_make_no_sense_get_an_answer(
    filled: Path, caplog: pytest.LogCaptureFixture, statement: str, asked: str, said: str
) -> None:
    with Sandbox(filled) as sandbox:
        headers = {"x-api-key": "sk_test_1"}
        with httpx.Client(transport=sandbox.transport(), headers=headers) as http:
            reward = {"name": "Coffee", "points_cost": "5", "type": "item"}
            assert http.post("http://sandbox/v1/rewards", data=reward).is_success
            assert http.get(f"http://sandbox/v1{asked}").is_success
            with closing(sqlite3.connect(filled)) as db:
                db.execute(statement)
                db.commit()
            answer = http.get(f"http://sandbox/v1{asked}")
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (500, "internal_error")
    assert said in error["message"]
    [record] = caplog.records
    assert record.exc_info is not None


def test_a_release_without_its_entry_is_damage(filled: Path) -> None:
    with Sandbox(filled) as sandbox, sandbox.client() as client:
        member = client.loyalty.accounts.list(customer="cust_1").data[0].id
        sandbox.simulate.redemption(account=member, points=1, redemption="red_1")
        sandbox.simulate.redemption_released(redemption="red_1")
        with closing(sqlite3.connect(filled)) as db:
            db.execute("DROP TRIGGER transactions_are_kept")
            db.execute("DELETE FROM transactions WHERE type = 'reverse'")
            db.commit()
        with pytest.raises(ValueError, match="a transaction that it does not have"):
            sandbox.simulate.redemption_released(redemption="red_1")


def test_an_index_that_does_not_fit_its_table_is_damage(filled: Path) -> None:
    content = filled.read_bytes()
    pages = [content[begin : begin + 4096] for begin in range(0, len(content), 4096)]
    leaf_of_an_index = b"\x0a"
    changed = [
        page.replace(b"cust_7", b"cust_X") if page.startswith(leaf_of_an_index) else page
        for page in pages
    ]
    assert changed != pages
    filled.write_bytes(b"".join(changed))
    with Sandbox(filled) as sandbox:
        damaged = sandbox.snapshot()
        with pytest.raises(ValueError, match=r"file is damaged: row .* missing from index"):
            sandbox.check()
    with Sandbox() as sandbox, pytest.raises(ValueError, match=r"no snapshot .* from index"):
        sandbox.restore(damaged)


@pytest.mark.parametrize("suffix", ["", "-wal", "-shm"])
def test_a_sandbox_is_not_saved_into_its_own_file(path: Path, suffix: str) -> None:
    with Sandbox(path) as sandbox, sandbox.client() as client:
        client.loyalty.accounts.create(program="prog_default")
        with pytest.raises(ValueError, match="the sandbox's own file"):
            sandbox.save(f"{path}{suffix}")
    with Sandbox(path) as sandbox:
        assert sandbox.check() == []
    result = run_here("save", "--db", str(path), str(path))
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1

"""The command as a process: pipes that close, Ctrl-C, terminals, extras that are missing."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import Final

import pytest

from vinr import Vinr
from vinr.cli import main
from vinr.loyalty import Account
from vinr.sandbox import Sandbox, Slow, Status

VINR: Final = [sys.executable, "-m", "vinr"]


@pytest.mark.parametrize(
    "command",
    [
        ["members", "list"],
        ["members", "list", "--format", "csv"],
        ["members", "list", "--format", "json"],
        ["members", "list", "--format", "table"],
        ["ledger", "list"],
        ["sandbox", "save", "--db", "members.sqlite", "-"],
    ],
    ids=" ".join,
)
def test_a_closed_pipe_is_silent(service: Sandbox, member: Account, command: list[str]) -> None:
    with Sandbox("members.sqlite"):
        pass
    read_end, write_end = os.pipe()
    os.close(read_end)
    try:
        result = subprocess.run(
            [*VINR, *command], stdout=write_end, stderr=subprocess.PIPE, text=True, check=False
        )
    finally:
        os.close(write_end)
    assert (result.returncode, result.stderr) == (0, "")


def test_ctrl_c_during_a_write_prints_the_command_that_settles_it(
    service: Sandbox, member: Account, vinr_client: Vinr
) -> None:
    service.faults.add("transactions.create", [Slow(1)])
    command = [*VINR, "members", "adjust", member.id, "70"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        while service.faults.pending():
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    settle = said.splitlines()[-1].split()
    assert subprocess.run([*VINR, *settle[1:]], check=False).returncode == 0
    assert vinr_client.loyalty.accounts.retrieve(member.id).balance == 570


def at_a_terminal(command: Sequence[str], typed: str) -> tuple[int, str]:
    """The command at a terminal of its own: its exit code, and what it showed."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(sys.executable, [*VINR, *command])  # noqa: S606 - no shell is wanted
    shown = b""
    answered = False
    while True:
        asked = b"[y/N]" in shown
        if asked and not (answered and select.select([terminal], [], [], 1)[0]):
            os.write(terminal, typed.encode())  # again where Ctrl-C came just before the read
            answered = True
            continue
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # as Linux says that the other side has closed it
            break
        shown += piece
        if not piece:
            break
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown.decode()


@pytest.mark.parametrize(
    ("typed", "code", "balance"), [("y\n", 0, 510), ("n\n", 1, 500), ("\x03", 130, 500)]
)
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # forks of Python 3.12
def test_at_a_terminal_it_asks(
    service: Sandbox,
    member: Account,
    vinr_client: Vinr,
    typed: str,
    code: int,
    balance: int,
) -> None:
    other = vinr_client.loyalty.accounts.create(program="prog_default", customer="cust_2")
    vinr_client.loyalty.transactions.create(account=other.id, amount=10)
    exit_code, shown = at_a_terminal(["members", "merge", other.id, member.id, "-q"], typed)
    assert exit_code == code, shown
    assert "after" in shown
    assert f"Merge {other.id} into {member.id}, for good (test data)? [y/N]" in shown
    assert vinr_client.loyalty.accounts.retrieve(member.id).balance == balance


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # forks of Python 3.12
def test_at_a_terminal_a_list_is_a_table(
    service: Sandbox, member: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "200")
    exit_code, coloured = at_a_terminal(["members", "list"], "")
    assert exit_code == 0
    assert "lifetime_points" in coloured
    assert member.id in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    _, plain = at_a_terminal(["members", "list", "--quiet"], "")
    assert not any(f"\x1b[{colour}" in plain for colour in ("3", "9", "38;"))


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # forks of Python 3.12
def test_at_a_terminal_a_wait_is_said(service: Sandbox, member: Account) -> None:
    service.faults.add("accounts.list", [Status(503), Status(429, retry_after=1)])
    exit_code, shown = at_a_terminal(["members", "list", "--format", "csv"], "")
    assert exit_code == 0
    assert "; trying again in 1 s" in shown
    assert shown.count("trying again") == 1  # the first wait is too short to wonder


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # forks of Python 3.12
def test_at_a_terminal_an_import_shows_how_far_it_is(
    service: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    exit_code, shown = at_a_terminal(["import", "points", bonus(), "--program", "prog_default"], "")
    assert exit_code == 0
    assert "Posting points" in shown
    assert "100%" in shown


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # forks of Python 3.12
def test_at_a_terminal_an_import_with_a_live_key_asks(
    service: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VINR_SECRET_KEY", "sk_live_1")
    exit_code, shown = at_a_terminal(["import", "points", bonus()], "n\n")
    assert exit_code == 1
    assert "Post the points of bonus.csv (LIVE data)? [y/N]" in shown
    assert "Nothing was changed." in shown
    assert service.events.list() == []


def bonus() -> str:
    """A file of points."""
    Path("bonus.csv").write_text("customer,amount\ncust_1,5\n", "utf-8")
    return "bonus.csv"


@pytest.mark.parametrize("module", ["vinr", "vinr.cli"])
def test_it_runs_as_a_module(module: str) -> None:
    command = [sys.executable, "-m", module, "sandbox", "--help"]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert f"python -m {module} sandbox" in result.stdout


def test_a_module_that_is_missing_for_another_reason_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "vinr.cli.doctor", None)
    monkeypatch.setattr(sys, "argv", ["vinr", "doctor"])
    with pytest.raises(ModuleNotFoundError, match=r"vinr\.cli\.doctor"):
        main()


class InterruptedImport(MetaPathFinder):
    """Ctrl-C while the command is being loaded."""

    def find_spec(self, fullname: str, *_of_the_package: object) -> None:
        if fullname == "vinr.cli.command":
            raise KeyboardInterrupt


@pytest.fixture
def interrupted_import(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delitem(sys.modules, "vinr.cli.command")
    sys.meta_path.insert(0, InterruptedImport())
    yield
    del sys.meta_path[0]


@pytest.mark.usefixtures("interrupted_import")
def test_ctrl_c_while_it_is_loaded_shows_no_traceback() -> None:
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130


@pytest.mark.parametrize(
    ("library", "command", "extra"),
    [
        ("click", "--help", "cli"),
        ("rich", "sandbox faults list --format table", "cli"),
        ("platformdirs", "members list", "cli"),
        ("werkzeug", "sandbox --help", "sandbox"),
        ("werkzeug", "webhooks listen --secret whsec_1", "sandbox"),
        ("mcp", "mcp", "mcp"),
        ("werkzeug", "mcp", "sandbox"),
    ],
)
def test_without_its_extras(service: Sandbox, library: str, command: str, extra: str) -> None:
    service.faults.add("accounts.close", [Slow(1)])
    program = f"import sys; sys.modules[{library!r}] = None; from vinr.cli import main; main()"
    result = subprocess.run(
        [sys.executable, "-c", program, *command.split()],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert result.stderr.strip().endswith(f'pip install "vinr[{extra}]"')
    assert len(result.stderr.splitlines()) == 1

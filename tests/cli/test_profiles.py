"""Profiles: which key and host count, where keys come from, and that none is ever shown."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path

import keyring
import platformdirs
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from tests.cli.conftest import Run
from tests.cli.parsing import read
from vinr.loyalty import Account
from vinr.sandbox import Sandbox

KEY = "sk_test_sentinel"
READS_FIRST = [sys.executable, "-c", f"import sys; print(sys.stdin.read() or {KEY!r})"]
PRINTS_KEY = [sys.executable, "-c", f"print({KEY!r})"]


@pytest.fixture
def host(
    service: Sandbox, vinr_sandbox_url: str, monkeypatch: pytest.MonkeyPatch, member: Account
) -> str:
    """Of the sandbox, which the environment does not name."""
    monkeypatch.delenv("VINR_SECRET_KEY")
    monkeypatch.delenv("VINR_BASE_URL")
    return vinr_sandbox_url


def write(text: str, mode: int = 0o600) -> Path:
    path = platformdirs.user_config_path("vinr", appauthor=False) / "profiles.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    path.chmod(mode)
    return path


@pytest.mark.parametrize(
    "key",
    [
        f'secret_key = "{KEY}"',
        f"secret_key_command = {json.dumps(shlex.join(PRINTS_KEY))}",
        f"secret_key_command = {json.dumps(PRINTS_KEY)}",
    ],
    ids=["in the file", "command as text", "command as words"],
)
@pytest.mark.parametrize("how", ["option", "variable", "default"])
def test_where_a_key_comes_from(
    run: Run, host: str, monkeypatch: pytest.MonkeyPatch, how: str, key: str
) -> None:
    name = "default" if how == "default" else "shop"
    write(f'[{name}]\n{key}\nbase_url = "{host}"\nprogram = "prog_default"\n')
    if how == "variable":
        monkeypatch.setenv("VINR_PROFILE", "shop")
    options = ["--profile", "shop"] if how == "option" else []
    result = run("members", "resolve", "cust_1", *options)
    assert result.exit_code == 0, result.stderr
    assert read(result, "jsonl")[0]["customer"] == "cust_1"
    assert "WARNING" not in result.stderr


class Keyring(KeyringBackend):
    """A system's keyring."""

    priority = 1  # pyright: ignore[reportAssignmentType]  # as keyring's docs say

    def get_password(self, service: str, username: str) -> str | None:
        if username == "locked":
            raise KeyringLocked("the keyring is locked")
        return KEY if (service, username) == ("vinr-keys", "shop") else None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError

    def delete_password(self, service: str, username: str) -> None:
        raise NotImplementedError


def test_a_key_in_the_keyring(run: Run, host: str) -> None:
    text = 'secret_key_keyring = "vinr-keys"\nbase_url = '
    write("".join(f'[{name}]\n{text}"{host}"\n' for name in ("shop", "other", "locked")))
    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())  # type: ignore[no-untyped-call]  # keyring's own
    try:
        assert run("members", "list", "--profile", "shop").exit_code == 0
        missing = run("members", "list", "--profile", "other")
        locked = run("members", "list", "--profile", "locked")
    finally:
        keyring.set_keyring(before)
    assert missing.exit_code == 4
    assert "keyring set vinr-keys other" in missing.stderr
    assert locked.exit_code == 4
    assert "the keyring cannot be read: the keyring is locked" in locked.stderr


def test_without_the_keyring_extra(run: Run, host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    write('[shop]\nsecret_key_keyring = "vinr-keys"\n')
    monkeypatch.setitem(sys.modules, "keyring", None)
    result = run("members", "list", "--profile", "shop")
    assert result.exit_code == 4
    assert 'pip install "vinr[keyring]"' in result.stderr


def test_the_environment_comes_before_the_default_profile(
    run: Run, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write('[default]\nsecret_key = "sk_test_other"\nbase_url = "http://127.0.0.1:9/v1"\n')
    monkeypatch.setenv("VINR_SECRET_KEY", "sk_test_1")
    monkeypatch.setenv("VINR_BASE_URL", host)
    assert run("members", "list").exit_code == 0
    assert run("members", "list", "--profile", "default").exit_code == 75


def test_a_profiles_key_goes_to_its_own_host(
    run: Run, live_service: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    write('[live]\nsecret_key = "sk_live_operator"\n')
    monkeypatch.delenv("VINR_SECRET_KEY")
    monkeypatch.setenv("VINR_BASE_URL", "http://127.0.0.1:9/v1")
    assert run("members", "list", "--profile", "live").exit_code == 0


def test_a_file_that_others_can_read_is_warned_about(run: Run, host: str) -> None:
    path = write(f'[default]\nsecret_key = "{KEY}"\nbase_url = "{host}"\n', mode=0o640)
    result = run("members", "list")
    assert result.exit_code == 0
    assert f"chmod 600 {path}" in result.stderr
    assert KEY not in result.output


@pytest.mark.parametrize(
    ("profile", "code", "message"),
    [
        ("secret_key = 7", 2, "default.secret_key"),
        (f'secrt_key = "{KEY}"', 2, "default.secrt_key"),
        ("", 2, "name the key in one way"),
        (f'secret_key = "{KEY}"\nsecret_key_keyring = "vinr"', 2, "name the key in one way"),
        (f'secret_key = "{KEY}\n', 2, "profiles.toml cannot be used"),
        (f'secret_key = "{KEY}"\nbase_url = "nowhere"', 4, "base_url"),
        (f'secret_key = "{KEY} "', 4, "blank or has a character"),
        ('secret_key = "other_sentinel"', 4, "does not say which host"),
        ('secret_key_command = "false"', 4, "ended with 1"),
        ('secret_key_command = "no-such-program sk_test_sentinel"', 4, "no-such-program"),
        ('secret_key_command = ""', 4, "no command"),
        ('secret_key_command = "true"', 4, "does not say which host"),
    ],
)
def test_a_profile_that_cannot_be_used_is_told_without_its_key(
    run: Run, host: str, profile: str, code: int, message: str
) -> None:
    write(f"[default]\n{profile}\n")
    result = run("members", "list")
    assert (result.exit_code, result.stdout) == (code, ""), result.stderr
    assert message in result.stderr
    assert "sentinel" not in result.stderr


def test_the_profiles_in_the_docs_can_be_used(run: Run, host: str) -> None:
    page = Path(__file__).parents[2] / "docs" / "command-line.md"
    text = page.read_text("utf-8").split("```toml\n")[1].split("```")[0]
    write(text.replace("http://127.0.0.1:8321/v1", host))
    assert run("members", "list", "--profile", "lab").exit_code == 0
    missing = run("members", "list", "--profile", "live")
    assert missing.exit_code == 4
    assert "keyring" in missing.stderr


def test_what_is_piped_to_vinr_is_not_for_the_keys_command(host: str) -> None:
    write(f'[till]\nsecret_key_command = {json.dumps(READS_FIRST)}\nbase_url = "{host}"\n')
    command = [sys.executable, "-m", "vinr", "members", "list", "--profile", "till"]
    result = subprocess.run(command, input="no key", capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("content", [b"\xff\xfe", None], ids=["no UTF-8", "a folder"])
def test_a_file_that_cannot_be_read(run: Run, host: str, content: bytes | None) -> None:
    path = write("")
    path.unlink()
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)

    result = run("members", "list", "--profile", "till")

    assert result.exit_code != 0
    assert "profiles.toml" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_profile_that_is_not_among_them(run: Run, host: str) -> None:
    write(f'[till]\nsecret_key = "{KEY}"\nbase_url = "{host}"\n')

    result = run("members", "list", "--profile", "tills")

    assert result.exit_code != 0
    assert "tills" in result.stderr
    assert KEY not in result.output

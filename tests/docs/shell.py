"""Shell blocks of the pages: each command is run, or what it names is proved to exist."""

import argparse
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from itertools import takewhile
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import click
import httpx
from packaging.requirements import Requirement

from vinr.cli.command import vinr

ROOT: Final = Path(__file__).parents[2]
SECONDS: Final = 120
_REDIRECTIONS: Final = frozenset({">", "<"})
_SEPARATORS: Final = frozenset({";", "&&"})
_COMMENT: Final = re.compile(r"(?:^|(?<=\s))# .*$", re.MULTILINE)
_PROMPTED: Final = re.compile(r"^\$ (.*(?:(?<=\\)\n.*)*)", re.MULTILINE)
_HOSTS: Final = re.compile(
    r"^https?://(?:(?:sandbox\.)?api\.vinr\.com|127\.0\.0\.1:\d+|localhost:\d+)(?=/)"
)


def run_block(text: str) -> None:
    """Every command of a ``bash`` or ``console`` block, in order."""
    for words in commands(text):
        program, *arguments = words
        assert program in _RULES, f"tests/docs/shell.py has no rule for: {shlex.join(words)}"
        _RULES[program](arguments)


def commands(text: str) -> Iterator[list[str]]:
    """The words of each command; what follows a pipe is left out."""
    command: list[str] = []
    left_out = False
    for word in _words(text):
        if word in _SEPARATORS or (word and not word.strip("\n")):
            if command:
                yield command
            command, left_out = [], False
        elif left_out or word == "|":
            left_out = True
        else:
            command.append(os.path.expandvars(word))
    if command:
        yield command


def check_command(arguments: list[str]) -> subprocess.CompletedProcess[str]:
    """Runs a program in the checkout; fails with its output where it fails."""
    environment = {name: value for name, value in os.environ.items() if "MAKE" not in name}
    result = subprocess.run(
        arguments,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert result.returncode == 0, f"{shlex.join(arguments)}\n{result.stdout}{result.stderr}"
    return result


def _words(text: str) -> shlex.shlex:
    text = "\n".join(_PROMPTED.findall(text)) or text
    text = _COMMENT.sub("", text).replace("\\\n", " ")
    words = shlex.shlex(text, posix=True, punctuation_chars="\n;|&")
    words.whitespace = " \t"
    words.whitespace_split = True
    words.commenters = ""
    return words


def _curl(arguments: list[str]) -> None:
    options = _curl_options().parse_args(arguments)
    data: list[str] = options.data
    headers = httpx.Headers([_header(line) for line in options.header])
    if data:
        headers.setdefault("content-type", "application/x-www-form-urlencoded")
    with httpx.Client(trust_env=False) as client:
        response = client.request(
            options.request or ("POST" if data else "GET"),
            _local(options.url),
            headers=headers,
            content="&".join(data) if data else None,
        )
    assert response.is_success, f"{response.request.url}: {response.status_code} {response.text}"


def _curl_options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="curl", allow_abbrev=False)
    parser.add_argument("url")
    parser.add_argument("-X", "--request")
    parser.add_argument("-H", "--header", action="append", default=[])
    parser.add_argument("-d", "--data", action="append", default=[])
    for flag in ("-f", "-g", "-i", "-s", "-S"):
        parser.add_argument(flag, action="store_true")
    return parser


def _header(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name, value.strip()


def _local(url: str) -> str:
    """The same URL on the page's own server."""
    base = urlsplit(os.environ["VINR_BASE_URL"])
    local = _HOSTS.sub(f"{base.scheme}://{base.netloc}", url)
    assert urlsplit(local).netloc == base.netloc, f"not a URL of the service: {url}"
    return local


def _make(arguments: list[str]) -> None:
    check_command(["make", "--dry-run", *arguments])


def _pip(arguments: list[str]) -> None:
    verb, *wanted = [word for word in arguments if word not in ("-e", "--editable")]
    assert verb == "install", f"pip {verb}"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = set(project["optional-dependencies"])
    for word in wanted:
        requirement = Requirement(word.replace(".", "vinr", 1) if word.startswith(".") else word)
        assert requirement.name == "vinr", f"pip install {word}"
        assert requirement.extras <= extras, f"pip install {word}: there are {sorted(extras)}"


def _python(arguments: list[str]) -> None:
    if arguments[:2] == ["-m", "pip"]:
        _pip(arguments[2:])
    else:
        check_command([sys.executable, *arguments])


def _vinr(arguments: list[str]) -> None:
    """The command takes these words; it is not run, as some would run for ever, or ask."""
    command: click.Command = vinr
    context = vinr.make_context("vinr", [], resilient_parsing=True)
    words = list(takewhile(lambda word: word not in _REDIRECTIONS, arguments))
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(context, words[0])
        assert found is not None, f"there is no vinr {shlex.join(arguments)}"
        command, words = found, words[1:]
    try:
        command.make_context(command.name, words, parent=context)
    except click.exceptions.Exit:
        """It is ``--help``."""
    except click.BadParameter as error:
        if not re.search("does not exist|No such file", error.message):  # the reader has it
            raise


def _docker(arguments: list[str]) -> None:
    """The Dockerfile is there, and takes what is given to it; nothing is built or run."""
    verb, *words = arguments
    assert verb in ("build", "run", "exec"), f"docker {verb}"
    assert (ROOT / "Dockerfile").is_file()
    if verb == "run":
        _vinr(["sandbox", "serve", *words[words.index("vinr-sandbox") + 1 :]])
    elif verb == "exec":
        _vinr(words[words.index("vinr") + 1 :])


def _nothing_to_prove(_: list[str]) -> None:
    """The reader's own machine: where the checkout is, how variables are set."""


_RULES: Final[Mapping[str, Callable[[list[str]], None]]] = {
    "cd": _nothing_to_prove,
    "curl": _curl,
    "docker": _docker,
    "export": _nothing_to_prove,
    "git": _nothing_to_prove,
    "make": _make,
    "pip": _pip,
    "python": _python,
    "vinr": _vinr,
    "python3": _python,
}

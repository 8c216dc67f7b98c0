"""JSONL files: a whole sandbox saved line by line, or members and programs written by hand."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import Annotated, BinaryIO, Final, NamedTuple, cast

from pydantic import Field, ValidationError
from pydantic_core import to_json

from . import strict_json
from .ledger import membership, programs, table_lines, transactions
from .ledger.accounts import get
from .ledger.ledger import Ledger
from .ledger.limits import MOST_POINTS
from .ledger.schema import LAYOUTS, VERSION
from .ledger.transactions import NewTransaction
from .ledger.unit_of_work import UnitOfWork
from .parameters.base import Metadata, Parameters
from .programs import Identifier, Program
from .refusal import Refusal

AnyFile = str | PathLike[str] | BinaryIO
"""A path, or a file that is open for bytes."""

_WRONG_LINE: Final = (
    "a line is an object with one of: member, program (sandbox, table, lines where saved)"
)


class LoadResult(NamedTuple):
    """What a file contained."""

    lines: int
    """Without blank ones."""
    saved: bool
    """Whether it was a saved sandbox."""


class MemberLine(Parameters, title="member"):
    """A line written by hand: ``{"member": {"customer": "cust_1", "points": 500}}``."""

    customer: Identifier | None = None
    program: Identifier | None = None
    points: Annotated[int, Field(ge=0, le=MOST_POINTS)] = 0
    metadata: Metadata = Field(default_factory=dict)


def save(ledger: Ledger, target: AnyFile) -> int:
    """Write everything to a file, a line at a time; returns the number of lines."""
    ledger.save_clock()
    with ledger.read() as work, _written_whole(target) as file:
        return sum(file.write(to_json(line) + b"\n") > 0 for line in table_lines.dump(work.db))


def load(ledger: Ledger, source: AnyFile) -> LoadResult:
    """Read a file, a line at a time, all of it or nothing.

    Raises ValueError, naming the line, for a line that cannot be read, a saved sandbox whose end
    is missing, and a saved sandbox where this one has members already.
    """
    if not isinstance(source, (str, PathLike)):
        with ledger.write() as work:
            return _Reader(work).read(source)
    with Path(source).open("rb") as file, ledger.write() as work:
        return _Reader(work).read(file)


@contextmanager
def _written_whole(target: AnyFile) -> Generator[BinaryIO]:
    """Where it is a path, the file there is the old one until the new one is complete."""
    if not isinstance(target, (str, PathLike)):
        yield target
        return
    path = Path(target)
    if path.exists() and not path.is_file():  # a pipe: it cannot be replaced
        with path.open("wb") as file:
            yield file
        return
    path = path.resolve()  # where it is a link, what it leads to is replaced
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


class _Reader:
    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self._lines = 0
        self._saved = False
        self._complete = True
        self._readers: Mapping[frozenset[str], Callable[[Mapping[str, object]], None]] = {
            frozenset({"sandbox"}): self._begin,
            frozenset({"table", "row"}): self._row,
            frozenset({"lines"}): self._end,
            frozenset({"program"}): self._program,
            frozenset({"member"}): self._member,
        }

    def read(self, lines: Iterable[bytes]) -> LoadResult:
        for number, line in enumerate(lines, 1):
            try:
                # editors on Windows may begin a file with a byte order mark
                text = line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip()
                if text:
                    self._line(_object(text))
            except (ValueError, Refusal) as error:
                raise ValueError(f"line {number}: {_reason(error)}") from None
        if not self._complete:
            raise ValueError(f"line {self._lines}: the file ends here, the saved sandbox does not")
        return LoadResult(self._lines, self._saved)

    def _line(self, line: Mapping[str, object]) -> None:
        read = self._readers.get(frozenset(line))
        if read is None:
            raise ValueError(_WRONG_LINE)
        read(line)
        self._lines += 1

    def _begin(self, line: Mapping[str, object]) -> None:
        layout = line["sandbox"]
        if layout not in LAYOUTS:
            raise ValueError(f"layout {layout}; this version of vinr reads {VERSION}")
        if not table_lines.is_empty(self._work.db):
            raise ValueError("a saved sandbox can only be loaded into a new one")
        table_lines.clear(self._work.db)
        self._saved, self._complete = True, False

    def _row(self, line: Mapping[str, object]) -> None:
        if not isinstance(line["row"], dict):
            raise ValueError("the row of a table is an object")  # noqa: TRY004 - the file is wrong
        table_lines.insert(self._work.db, line["table"], cast("dict[str, object]", line["row"]))

    def _end(self, line: Mapping[str, object]) -> None:
        if line["lines"] != self._lines:
            raise ValueError(f"{line['lines']} lines were saved, {self._lines} are here")
        self._complete = True

    def _program(self, line: Mapping[str, object]) -> None:
        programs.put(self._work, Program.model_validate_json(json.dumps(line["program"])))

    def _member(self, line: Mapping[str, object]) -> None:
        member = MemberLine.model_validate(line["member"])
        program = member.program or programs.default(self._work).id
        account = membership.enrol(self._work, program, member.customer, member.metadata)
        if member.points:
            points = NewTransaction("adjust", member.points, "seed", reason="seed")
            transactions.post(self._work, get(self._work, account.key), points)


def _object(text: str) -> Mapping[str, object]:
    try:
        value = strict_json.decode(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"column {error.colno}: this is no JSON ({error.msg})") from None
    if not isinstance(value, dict):
        raise ValueError(_WRONG_LINE)  # noqa: TRY004 - the file is wrong
    return cast("dict[str, object]", value)


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False)[0]
        where = ".".join([error.title.lower(), *map(str, first["loc"])])
        return f"{where}: {first['msg']}"
    return str(error)

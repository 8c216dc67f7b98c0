"""JSONL: a sandbox saved line by line, loaded again, or made of members written by hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import Annotated, Final, NamedTuple, cast

from pydantic import Field, ValidationError
from pydantic_core import to_json

from . import strict_json
from .api.parameters.base import Metadata, Parameters
from .ledger import dump, membership, programs, transactions
from .ledger.accounts import get
from .ledger.schema import VERSION
from .ledger.transactions import MOST_POINTS, Entry
from .ledger.work import Ledger, UnitOfWork
from .programs import Identifier, Program
from .refusal import Refusal

AnyPath = str | PathLike[str]

_LINE: Final = (
    "a line is an object with one of: member, program (sandbox, table, lines where saved)"
)


class Loaded(NamedTuple):
    """What was in a file."""

    lines: int
    """Blank ones do not count."""
    saved: bool
    """Whether it was a saved sandbox, not members written by hand alone."""


class Member(Parameters):
    """A line written by hand: ``{"member": {"customer": "cust_1", "points": 500}}``."""

    customer: Identifier | None = None
    program: Identifier | None = None
    points: Annotated[int, Field(ge=0, le=MOST_POINTS)] = 0
    metadata: Metadata = Field(default_factory=dict)


def save(ledger: Ledger, path: AnyPath) -> int:
    """Write everything to a file, a line at a time; the number of lines."""
    ledger.keep_time()
    with ledger.read() as work, Path(path).open("wb") as file:
        return sum(file.write(to_json(line) + b"\n") > 0 for line in dump.lines(work.db))


def load(ledger: Ledger, path: AnyPath) -> Loaded:
    """Read a file, a line at a time, all of it or nothing.

    Raises ValueError, naming the line, for what cannot be read, for a saved sandbox of which the
    end is missing, and for one where this sandbox has members already.
    """
    with Path(path).open("rb") as file, ledger.write() as work:
        return _Reader(work).read(file)


class _Reader:
    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self._lines = 0
        self._saved = False
        self._complete = True
        self._read_by: Mapping[frozenset[str], Callable[[Mapping[str, object]], None]] = {
            frozenset({"sandbox"}): self._begin,
            frozenset({"table", "row"}): self._row,
            frozenset({"lines"}): self._end,
            frozenset({"program"}): self._program,
            frozenset({"member"}): self._member,
        }

    def read(self, lines: Iterable[bytes]) -> Loaded:
        for number, line in enumerate(lines, 1):
            try:
                # editors of Windows begin a file with a mark
                text = line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip()
                if text:
                    self._line(_object(text))
            except (ValueError, Refusal) as error:
                raise ValueError(f"line {number}: {_reason(error)}") from None
        if not self._complete:
            raise ValueError(f"line {self._lines}: the file ends here, the saved sandbox does not")
        return Loaded(self._lines, self._saved)

    def _line(self, line: Mapping[str, object]) -> None:
        read = self._read_by.get(frozenset(line))
        if read is None:
            raise ValueError(_LINE)
        read(line)
        self._lines += 1

    def _begin(self, line: Mapping[str, object]) -> None:
        if line["sandbox"] != VERSION:
            layout = line["sandbox"]
            raise ValueError(f"layout {layout}; this version of vinr reads {VERSION}")
        if not dump.is_empty(self._work.db):
            raise ValueError("a saved sandbox can only be loaded into a new one")
        dump.empty(self._work.db)
        self._saved, self._complete = True, False

    def _row(self, line: Mapping[str, object]) -> None:
        if not isinstance(line["row"], dict):
            raise ValueError("the row of a table is an object")  # noqa: TRY004 - a fault of a file
        dump.insert(self._work.db, line["table"], cast("dict[str, object]", line["row"]))

    def _end(self, line: Mapping[str, object]) -> None:
        if line["lines"] != self._lines:
            raise ValueError(f"{line['lines']} lines were saved, {self._lines} are here")
        self._complete = True

    def _program(self, line: Mapping[str, object]) -> None:
        programs.put(self._work, Program.model_validate_json(json.dumps(line["program"])))

    def _member(self, line: Mapping[str, object]) -> None:
        member = Member.model_validate(line["member"])
        program = member.program or programs.default(self._work).id
        account = membership.enrol(self._work, program, member.customer, member.metadata)
        if member.points:
            entry = Entry("adjust", member.points, "seed", reason="seed")
            transactions.post(self._work, get(self._work, account.key), entry)


def _object(text: str) -> Mapping[str, object]:
    try:
        value = strict_json.decode(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"column {error.colno}: this is no JSON ({error.msg})") from None
    except RecursionError:
        raise ValueError("this is too deep") from None
    if not isinstance(value, dict):
        raise ValueError(_LINE)  # noqa: TRY004 - a fault of a file
    return cast("dict[str, object]", value)


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False)[0]
        where = ".".join([error.title.lower(), *map(str, first["loc"])])
        return f"{where}: {first['msg']}"
    return str(error)

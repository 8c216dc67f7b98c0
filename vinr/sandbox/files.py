"""JSONL: a sandbox saved line by line, loaded again, or made of members written by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import Annotated, Final, cast

from pydantic import Field, ValidationError
from pydantic_core import from_json, to_json

from .api.parameters.base import Metadata, Parameters
from .ledger import dump, membership, programs, transactions
from .ledger.accounts import get
from .ledger.schema import VERSION
from .ledger.transactions import MOST_POINTS, Entry
from .ledger.work import Ledger, UnitOfWork
from .programs import Identifier, Program
from .refusal import Refusal

AnyPath = str | PathLike[str]

_KINDS: Final = frozenset({"sandbox", "table", "program", "member"})


class Member(Parameters):
    """A line written by hand: ``{"member": {"customer": "cust_1", "points": 500}}``."""

    customer: Identifier | None = None
    program: Identifier | None = None
    points: Annotated[int, Field(ge=0, le=MOST_POINTS)] = 0
    metadata: Metadata = Field(default_factory=dict)


def save(ledger: Ledger, path: AnyPath) -> None:
    """Write everything to a file, a line at a time."""
    ledger.keep_time()
    with ledger.read() as work, Path(path).open("wb") as file:
        file.writelines(to_json(line) + b"\n" for line in dump.lines(work.db))


def load(ledger: Ledger, path: AnyPath) -> int:
    """Read a file, a line at a time, all of it or nothing; the number of lines.

    Raises ValueError, naming the line, for what cannot be read, and for a saved sandbox where
    this one has members already.
    """
    with Path(path).open("rb") as file, ledger.write() as work:
        return _load(work, file)


def _load(work: UnitOfWork, lines: Iterable[bytes]) -> int:
    number = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            _read(work, _object(line))
        except (ValueError, Refusal) as error:
            raise ValueError(f"line {number}: {_reason(error)}") from None
    return number


def _object(line: bytes) -> Mapping[str, object]:
    value: object = from_json(line)
    if not isinstance(value, dict) or not _KINDS & cast("dict[str, object]", value).keys():
        raise ValueError(f"a line is an object with one of: {', '.join(sorted(_KINDS))}")
    return cast("dict[str, object]", value)


def _read(work: UnitOfWork, line: Mapping[str, object]) -> None:
    match line:
        case {"sandbox": version}:
            _begin(work, version)
        case {"table": table, "row": row} if isinstance(row, dict):
            dump.insert(work.db, table, cast("dict[str, object]", row))
        case {"program": definition}:
            programs.put(work, Program.model_validate_json(json.dumps(definition)))
        case {"member": member}:
            _enrol(work, Member.model_validate(member))
        case _:
            raise ValueError("a saved row has a table and a row")


def _begin(work: UnitOfWork, version: object) -> None:
    if version != VERSION:
        raise ValueError(f"layout {version}; this version of vinr reads {VERSION}")
    if not dump.is_empty(work.db):
        raise ValueError("a saved sandbox can only be loaded into a new one")
    dump.empty(work.db)


def _enrol(work: UnitOfWork, member: Member) -> None:
    program = member.program or programs.default(work).id
    account = membership.enrol(work, program, member.customer, member.metadata)
    if member.points:
        entry = Entry("adjust", member.points, "seed", reason="seed")
        transactions.post(work, get(work, account.key), entry)


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False)[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return str(error)

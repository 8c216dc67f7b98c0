"""Programs in the store: which there are, and the one of a request that names none."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from pydantic import ValidationError

from ..programs import Program
from ..refusal import Refusal
from . import qualifying
from .pagination import Page, PageWindow, TableQuery, fetch_page
from .store import DamagedFileError
from .unit_of_work import UnitOfWork

_MOST_NAMED: Final = 10
"""Programs that a refusal names."""


@lru_cache(maxsize=1024)
def _parse(definition: str) -> Program:
    try:
        return Program.model_validate_json(definition)
    except ValidationError:
        raise DamagedFileError("the definition of a program cannot be read") from None


def find(work: UnitOfWork, program_id: str) -> Program | None:
    """The program with this id, if there is one."""
    cached = work.cache.programs
    if program_id not in cached:
        row: tuple[str] | None = work.db.execute(
            "SELECT definition FROM programs WHERE id = ?", (program_id,)
        ).fetchone()
        if row is None:
            return None
        cached[program_id] = _parse(row[0])
    return cached[program_id]


def get(work: UnitOfWork, program_id: str) -> Program:
    """The program with this id; refuses an unknown one."""
    program = find(work, program_id)
    if program is None:
        ids = [each.id for each in every(work)]
        known = ", ".join([*ids[:_MOST_NAMED], *(["…"] if len(ids) > _MOST_NAMED else [])])
        message = f"No such program; there are: {known}."
        raise Refusal("resource_missing", message, param="program")
    return program


def require(work: UnitOfWork, program_id: str) -> Program:
    """The program with an id from a path; refuses an unknown one."""
    program = find(work, program_id)
    if program is None:
        raise Refusal("resource_missing", "No such program.", param="id")
    return program


def page(work: UnitOfWork, window: PageWindow) -> Page[Program]:
    """A page of all programs, the newest first."""
    query = TableQuery("program_list", "definition")
    return fetch_page(work, query, window, lambda values: _parse(values[0]))


def key_of(program_id: str) -> str:
    """The key of a program in lists: the whole id, as ids that were put need no prefix."""
    return program_id


def every(work: UnitOfWork) -> Sequence[Program]:
    """All programs, in the order in which they were added."""
    rows: list[tuple[str]] = work.db.execute(
        "SELECT definition FROM programs ORDER BY rowid"
    ).fetchall()
    return [_parse(definition) for [definition] in rows]


def default(work: UnitOfWork) -> Program:
    """The program marked as default, else the first one added."""
    programs = every(work)
    return next((program for program in programs if program.default), programs[0])


def put(work: UnitOfWork, program: Program) -> None:
    """Add a program, or replace the one with its id. A new default takes the mark off the old."""
    if program.default:
        for other in every(work):
            if other.default and other.id != program.id:
                _write(work, other.model_copy(update={"default": False}))
    previous = find(work, program.id)
    _write(work, program)
    if previous is not None and _what_counts(previous) != _what_counts(program):
        qualifying.recompute(work, program)


def _what_counts(program: Program) -> tuple[object, ...]:
    return program.tier_period, program.qualify_on


def _write(work: UnitOfWork, program: Program) -> None:
    work.db.execute(
        "INSERT INTO programs (id, definition) VALUES (?, ?)"
        " ON CONFLICT (id) DO UPDATE SET definition = excluded.definition",
        (program.id, program.model_dump_json()),
    )
    work.cache.programs.pop(program.id, None)

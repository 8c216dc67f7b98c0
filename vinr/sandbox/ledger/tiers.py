"""Tiers as objects of their own: each is one of a program's, and changes the program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Final, NamedTuple

from pydantic import ValidationError

from ..programs import Program, Tier
from ..refusal import Impossible, Refusal
from . import programs
from .pagination import Page, PageWindow
from .unit_of_work import UnitOfWork

_PREFIX: Final = "tier_"


class TierOfProgram(NamedTuple):
    """A tier, and the program that it is of."""

    program: str
    tier: Tier


def every(work: UnitOfWork) -> Sequence[TierOfProgram]:
    """All tiers, the lowest first. Where two programs share an id, it is the default's tier."""
    default = programs.default(work)
    others = [each for each in programs.every(work) if each.id != default.id]
    found: dict[str, TierOfProgram] = {}
    for each in (default, *others):
        for tier in each.tiers:
            found.setdefault(tier.id, TierOfProgram(each.id, tier))
    return sorted(found.values(), key=lambda each: each.tier.min_points)


def require(work: UnitOfWork, tier_id: str) -> TierOfProgram:
    """The tier with an id from a path; refuses an unknown one."""
    for each in every(work):
        if each.tier.id == tier_id:
            return each
    raise Refusal("resource_missing", "No such tier.", param="id")


def create(work: UnitOfWork, program_id: str | None, **fields: object) -> TierOfProgram:
    """A new tier of a program, of the default one where none is named."""
    program = programs.get(work, program_id) if program_id else programs.default(work)
    tier = _tier({**fields, "id": next(new_ids(work))})
    _save(work, program, [*program.tiers, tier])
    return TierOfProgram(program.id, tier)


def update(work: UnitOfWork, of: TierOfProgram, **fields: object) -> TierOfProgram:
    """Change what was given of a tier."""
    program = programs.get(work, of.program)
    changed = _tier({**of.tier.model_dump(), **fields})
    tiers = [changed if tier.id == changed.id else tier for tier in program.tiers]
    _save(work, program, tiers)
    return TierOfProgram(program.id, changed)


def page(work: UnitOfWork, window: PageWindow) -> Page[TierOfProgram]:
    """A page of all tiers, the lowest first."""
    tiers = every(work)
    begin, end = 0, len(tiers)
    if window.after is not None:
        begin = _position(tiers, window.after, "starting_after") + 1
    if window.before is not None:
        end = _position(tiers, window.before, "ending_before")
    between = tiers[begin:end]
    backwards = window.before is not None
    rows = between[-window.limit :] if backwards else between[: window.limit]
    return Page(rows, len(between) > len(rows), len(tiers), backwards)


def new_ids(work: UnitOfWork) -> Iterator[str]:
    """Ids of tiers that are about to be added."""
    known = {tier.id for program in programs.every(work) for tier in program.tiers}
    ids = (_PREFIX + work.ids.key("tier", number) for number in count(len(known) + 1))
    return (id for id in ids if id not in known)


def _position(tiers: Sequence[TierOfProgram], tier_id: str, param: str) -> int:
    for position, each in enumerate(tiers):
        if each.tier.id == tier_id:
            return position
    raise Refusal("parameter_invalid", f"{param} names no object of this list.", param=param)


def _tier(fields: dict[str, object]) -> Tier:
    return Tier.model_validate(fields)


def _save(work: UnitOfWork, program: Program, tiers: Sequence[Tier]) -> None:
    try:
        programs.put(work, Program.model_validate({**dict(program), "tiers": tiers}))
    except ValidationError:
        message = "The program has another tier of this name."
        raise Impossible("parameter_invalid", message, param="name") from None

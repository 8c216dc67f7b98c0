"""Operations on programs."""

from ...dialects import render_resources
from ...dialects.render import Json
from ...ledger import programs, tiers
from ...parameters.base import Parameters
from ...parameters.guide_resources import (
    CreateProgram,
    ListPrograms,
    TierConfigFields,
    TierFields,
    UpdateProgram,
)
from ...programs import Program, Tier
from ...refusal import Impossible
from ..operation import RequestContext
from . import pagination


def create(context: RequestContext, parameters: CreateProgram) -> Json:
    """Make a program."""
    id = "prog_" + context.work.new_key("programs", "program")
    return _save(context, Program(id=id, name=parameters.name), parameters)


def retrieve(context: RequestContext, _parameters: Parameters) -> Json:
    """One program."""
    return render_resources.program(programs.require(context.work, context.id))


def update(context: RequestContext, parameters: UpdateProgram) -> Json:
    """Change what is given of a program."""
    return _save(context, programs.require(context.work, context.id), parameters)


def list_page(context: RequestContext, parameters: ListPrograms) -> Json:
    """A page of programs."""
    page = programs.page(context.work, pagination.window(parameters, programs.key_of))
    return pagination.envelope(context.dialect, page, render_resources.program)


def _save(
    context: RequestContext, program: Program, parameters: CreateProgram | UpdateProgram
) -> Json:
    changes: dict[str, object] = {}
    if parameters.name is not None:
        changes["name"] = parameters.name
    if parameters.currency is not None:
        given = parameters.currency.model_dump(exclude_unset=True)
        changes["currency"] = {**program.currency.model_dump(), **given}
    if "expiry_months" in parameters.model_fields_set:
        changes["expiry_months"] = parameters.expiry_months
    if parameters.tier_config is not None:
        changes |= _tier_changes(context, program, parameters.tier_config)
    try:
        changed = Program.model_validate({**program.model_dump(), **changes})
    except ValueError:
        message = "Two tiers of the program have the same name."
        raise Impossible("parameter_invalid", message, param="tierConfig") from None
    programs.put(context.work, changed)
    return render_resources.program(changed)


def _tier_changes(
    context: RequestContext, program: Program, config: TierConfigFields
) -> dict[str, object]:
    given = config.model_fields_set
    changes: dict[str, object] = {}
    if "qualify_on" in given:
        changes["qualify_on"] = config.qualify_on
    if "period" in given:
        changes["tier_period"] = config.period and config.period.model_dump()
    if "tiers" in given:
        changes["tiers"] = _tiers(context, program, config.tiers)
    return changes


def _tiers(context: RequestContext, program: Program, wanted: list[TierFields]) -> list[Tier]:
    """A tier of a name that is known stays the same one; members keep it."""
    known = {tier.name.casefold(): tier for tier in program.tiers}
    new_ids = tiers.new_ids(context.work)
    kept = [known[fields.name.casefold()] for fields in wanted if fields.name.casefold() in known]
    taken = {tier.key for tier in kept}
    made: list[Tier] = []
    for fields in wanted:
        values: dict[str, object] = {"min_points": fields.threshold, "rank": fields.rank}
        tier = known.get(fields.name.casefold())
        if tier is None:
            id = next(new_ids)
            key = _key(fields.name)
            tier = Tier(id=id, key=id if key in taken else key or id, name=fields.name)
            taken.add(tier.key)
        made.append(tier.model_copy(update={**values, "name": fields.name}))
    return made


def _key(name: str) -> str:
    """What accounts show of a tier: ``very_gold`` for ``Very Gold``; empty without such letters."""
    words = "".join(sign if sign.isalnum() and sign.isascii() else " " for sign in name.lower())
    return "_".join(words.split())

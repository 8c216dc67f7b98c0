"""Operations on earning rules, in both dialects."""

from ...dialects.dialect import earning_rule_key
from ...dialects.render import Json
from ...ledger import programs
from ...ledger.earning_rules import EARNING_RULES, forget_cached
from ...parameters import guide_resources as guide
from ...parameters import reference_resources as reference
from ...parameters.base import Parameters
from ..operation import RequestContext
from . import pagination


def create(
    context: RequestContext, parameters: guide.CreateEarningRule | reference.CreateEarningRule
) -> Json:
    """Make an earning rule; those of the reference's dialect are the default program's."""
    work = context.work
    if isinstance(parameters, guide.CreateEarningRule):
        program = programs.get(work, parameters.program)
    else:
        program = programs.default(work)
    rule = EARNING_RULES.add(work, program=program.id, **parameters.fields())
    forget_cached(work)
    return context.dialect.earning_rule(rule)


def retrieve(context: RequestContext, _parameters: Parameters) -> Json:
    """One earning rule."""
    rule = EARNING_RULES.require(context.work, earning_rule_key(context.id), "id")
    return context.dialect.earning_rule(rule)


def update(
    context: RequestContext, parameters: guide.UpdateEarningRule | reference.UpdateEarningRule
) -> Json:
    """Change what is given of an earning rule."""
    rule = EARNING_RULES.require(context.work, earning_rule_key(context.id), "id")
    changed = EARNING_RULES.change(context.work, rule, **parameters.fields())
    forget_cached(context.work)
    return context.dialect.earning_rule(changed)


def list_page(
    context: RequestContext, parameters: guide.ListOfProgram | reference.PlainList
) -> Json:
    """A page of earning rules."""
    window = pagination.window(parameters, earning_rule_key)
    program = None
    if isinstance(parameters, guide.ListOfProgram) and parameters.program:
        program = programs.get(context.work, parameters.program).id
    page = EARNING_RULES.page(context.work, window, program=program)
    return pagination.envelope(context.dialect, page, context.dialect.earning_rule)

"""Operations on rewards, in both dialects."""

from ...dialects.dialect import reward_key
from ...dialects.render import Json
from ...ledger import programs
from ...ledger.rewards import REWARDS
from ...parameters import guide_resources as guide
from ...parameters import reference_resources as reference
from ...parameters.base import Parameters
from ..operation import RequestContext
from . import pagination


def create(
    context: RequestContext, parameters: guide.CreateReward | reference.CreateReward
) -> Json:
    """Make a reward."""
    work = context.work
    named = parameters.program
    program = programs.get(work, named) if named else programs.default(work)
    reward = REWARDS.add(work, program=program.id, **parameters.fields())
    return context.dialect.reward(reward)


def retrieve(context: RequestContext, _parameters: Parameters) -> Json:
    """One reward."""
    return context.dialect.reward(REWARDS.require(context.work, reward_key(context.id), "id"))


def update(
    context: RequestContext, parameters: guide.UpdateReward | reference.UpdateReward
) -> Json:
    """Change what is given of a reward."""
    reward = REWARDS.require(context.work, reward_key(context.id), "id")
    return context.dialect.reward(REWARDS.change(context.work, reward, **parameters.fields()))


def list_page(
    context: RequestContext, parameters: guide.ListOfProgram | reference.PlainList
) -> Json:
    """A page of rewards."""
    window = pagination.window(parameters, reward_key)
    program = None
    if isinstance(parameters, guide.ListOfProgram) and parameters.program:
        program = programs.get(context.work, parameters.program).id
    page = REWARDS.page(context.work, window, program=program)
    return pagination.envelope(context.dialect, page, context.dialect.reward)

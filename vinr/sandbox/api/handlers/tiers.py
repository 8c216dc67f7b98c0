"""Operations on tiers."""

from ...dialects import render_resources
from ...dialects.render import Json
from ...ledger import tiers
from ...parameters.base import Parameters
from ...parameters.reference_resources import CreateTier, PlainList, UpdateTier
from ..operation import RequestContext
from . import pagination


def create(context: RequestContext, parameters: CreateTier) -> Json:
    """Add a tier to a program."""
    added = tiers.create(context.work, parameters.program, **parameters.fields())
    return render_resources.tier(added)


def retrieve(context: RequestContext, _parameters: Parameters) -> Json:
    """One tier."""
    return render_resources.tier(tiers.require(context.work, context.id))


def update(context: RequestContext, parameters: UpdateTier) -> Json:
    """Change what is given of a tier."""
    tier = tiers.require(context.work, context.id)
    return render_resources.tier(tiers.update(context.work, tier, **parameters.fields()))


def list_page(context: RequestContext, parameters: PlainList) -> Json:
    """A page of tiers, the lowest first."""
    page = tiers.page(context.work, pagination.window(parameters, str))
    return pagination.envelope(context.dialect, page, render_resources.tier)

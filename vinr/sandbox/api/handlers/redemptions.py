"""Operations on redemptions, in both dialects."""

from ...dialects.dialect import account_key, reward_key
from ...dialects.render import Json
from ...ledger import accounts, redemptions
from ...ledger.rewards import REWARDS
from ...parameters import guide_resources as guide
from ...parameters import reference_resources as reference
from ...parameters.base import Parameters
from ...refusal import Refusal
from ..operation import RequestContext
from . import pagination


def create(context: RequestContext, parameters: guide.CreateRedemption) -> Json:
    """A member has a reward for points."""
    work = context.work
    account = accounts.require(work, account_key(parameters.account), "account")
    reward = REWARDS.require(work, reward_key(parameters.reward), "reward")
    return context.dialect.redemption(redemptions.redeem_reward(work, account, reward))


def create_for_customer(context: RequestContext, parameters: reference.CreateRedemption) -> Json:
    """A customer has a reward for points of its member in the reward's program."""
    work, id = context.work, parameters.redeemable_id
    if parameters.redeemable_type != "reward":
        message = f"No such {parameters.redeemable_type}: the sandbox has rewards alone."
        raise Refusal("resource_missing", message, param="redeemable_id")
    reward = REWARDS.require(work, reward_key(id), "redeemable_id")
    account = accounts.find_active(work, reward.program, parameters.customer)
    if account is None:
        message = f"The customer has no active account in {reward.program}."
        raise Refusal("resource_missing", message, param="customer")
    return context.dialect.redemption(redemptions.redeem_reward(work, account, reward))


def retrieve(context: RequestContext, _parameters: Parameters) -> Json:
    """One redemption."""
    return context.dialect.redemption(redemptions.require(context.work, context.id, "id"))


def release(context: RequestContext, _parameters: Parameters) -> Json:
    """Give the points back, until the redemption is applied to a payment."""
    redemption = redemptions.require(context.work, context.id, "id")
    redemptions.refuse_settled(redemption)
    redemptions.release(context.work, redemption.id)
    return context.dialect.redemption(redemptions.require(context.work, context.id, "id"))


def list_page(context: RequestContext, parameters: guide.ListRedemptions) -> Json:
    """A page of redemptions."""
    account = None
    if parameters.account:
        account = accounts.require(context.work, account_key(parameters.account), "account").key
    window = pagination.window(parameters, redemptions.key_of)
    page = redemptions.page(context.work, window, account=account)
    return pagination.envelope(context.dialect, page, context.dialect.redemption)


def list_of_customer(context: RequestContext, parameters: reference.ListOfCustomer) -> Json:
    """A page of redemptions."""
    window = pagination.window(parameters, redemptions.key_of)
    page = redemptions.page(context.work, window, customer=parameters.customer)
    return pagination.envelope(context.dialect, page, context.dialect.redemption)

"""The table of operations beside those on members and their ledger."""

from collections.abc import Sequence
from typing import Final

from ..dialects.dialect import GUIDE, REFERENCE
from ..parameters import guide_resources as guide
from ..parameters import reference, reference_resources
from ..parameters.base import Parameters
from .handlers import (
    analytics,
    customers,
    earning_rules,
    events,
    programs,
    redemptions,
    rewards,
    store_credit,
    tiers,
    webhook_endpoints,
)
from .operation import Operation, operation

_GUIDE: Final = (
    operation(
        "loyalty.programs.create",
        "POST /v1/loyalty/programs",
        GUIDE,
        guide.CreateProgram,
        programs.create,
    ),
    operation(
        "loyalty.programs.list",
        "GET /v1/loyalty/programs",
        GUIDE,
        guide.ListPrograms,
        programs.list_page,
    ),
    operation(
        "loyalty.programs.retrieve",
        "GET /v1/loyalty/programs/<id>",
        GUIDE,
        Parameters,
        programs.retrieve,
    ),
    operation(
        "loyalty.programs.update",
        "POST /v1/loyalty/programs/<id>",
        GUIDE,
        guide.UpdateProgram,
        programs.update,
    ),
    operation(
        "loyalty.rewards.create",
        "POST /v1/loyalty/rewards",
        GUIDE,
        guide.CreateReward,
        rewards.create,
    ),
    operation(
        "loyalty.rewards.list",
        "GET /v1/loyalty/rewards",
        GUIDE,
        guide.ListOfProgram,
        rewards.list_page,
    ),
    operation(
        "loyalty.rewards.retrieve",
        "GET /v1/loyalty/rewards/<id>",
        GUIDE,
        Parameters,
        rewards.retrieve,
    ),
    operation(
        "loyalty.rewards.update",
        "POST /v1/loyalty/rewards/<id>",
        GUIDE,
        guide.UpdateReward,
        rewards.update,
    ),
    operation(
        "loyalty.redemptions.create",
        "POST /v1/loyalty/redemptions",
        GUIDE,
        guide.CreateRedemption,
        redemptions.create,
    ),
    operation(
        "loyalty.redemptions.list",
        "GET /v1/loyalty/redemptions",
        GUIDE,
        guide.ListRedemptions,
        redemptions.list_page,
    ),
    operation(
        "loyalty.redemptions.retrieve",
        "GET /v1/loyalty/redemptions/<id>",
        GUIDE,
        Parameters,
        redemptions.retrieve,
    ),
    operation(
        "loyalty.redemptions.release",
        "POST /v1/loyalty/redemptions/<id>/release",
        GUIDE,
        Parameters,
        redemptions.release,
    ),
    operation(
        "loyalty.earning_rules.create",
        "POST /v1/loyalty/earning-rules",
        GUIDE,
        guide.CreateEarningRule,
        earning_rules.create,
    ),
    operation(
        "loyalty.earning_rules.list",
        "GET /v1/loyalty/earning-rules",
        GUIDE,
        guide.ListOfProgram,
        earning_rules.list_page,
    ),
    operation(
        "loyalty.earning_rules.retrieve",
        "GET /v1/loyalty/earning-rules/<id>",
        GUIDE,
        Parameters,
        earning_rules.retrieve,
    ),
    operation(
        "loyalty.earning_rules.update",
        "POST /v1/loyalty/earning-rules/<id>",
        GUIDE,
        guide.UpdateEarningRule,
        earning_rules.update,
    ),
    operation(
        "loyalty.credit.issue",
        "POST /v1/loyalty/credit",
        GUIDE,
        guide.IssueCredit,
        store_credit.issue,
    ),
    operation(
        "loyalty.analytics.summary",
        "GET /v1/loyalty/analytics/summary",
        GUIDE,
        guide.Summary,
        analytics.summary,
    ),
)

_REFERENCE: Final = (
    operation(
        "customers.create",
        "POST /v1/customers",
        REFERENCE,
        reference.CustomerParameters,
        customers.create,
    ),
    operation(
        "customers.list",
        "GET /v1/customers",
        REFERENCE,
        reference.ListCustomers,
        customers.list_page,
    ),
    operation(
        "customers.retrieve", "GET /v1/customers/<id>", REFERENCE, Parameters, customers.retrieve
    ),
    operation(
        "customers.update",
        "POST /v1/customers/<id>",
        REFERENCE,
        reference.CustomerParameters,
        customers.update,
    ),
    operation(
        "customers.delete", "DELETE /v1/customers/<id>", REFERENCE, Parameters, customers.delete
    ),
    operation(
        "tiers.create", "POST /v1/tiers", REFERENCE, reference_resources.CreateTier, tiers.create
    ),
    operation(
        "tiers.list", "GET /v1/tiers", REFERENCE, reference_resources.PlainList, tiers.list_page
    ),
    operation("tiers.retrieve", "GET /v1/tiers/<id>", REFERENCE, Parameters, tiers.retrieve),
    operation(
        "tiers.update",
        "POST /v1/tiers/<id>",
        REFERENCE,
        reference_resources.UpdateTier,
        tiers.update,
    ),
    operation(
        "rewards.create",
        "POST /v1/rewards",
        REFERENCE,
        reference_resources.CreateReward,
        rewards.create,
    ),
    operation(
        "rewards.list",
        "GET /v1/rewards",
        REFERENCE,
        reference_resources.PlainList,
        rewards.list_page,
    ),
    operation("rewards.retrieve", "GET /v1/rewards/<id>", REFERENCE, Parameters, rewards.retrieve),
    operation(
        "rewards.update",
        "POST /v1/rewards/<id>",
        REFERENCE,
        reference_resources.UpdateReward,
        rewards.update,
    ),
    operation(
        "redemptions.create",
        "POST /v1/redemptions",
        REFERENCE,
        reference_resources.CreateRedemption,
        redemptions.create_for_customer,
    ),
    operation(
        "redemptions.list",
        "GET /v1/redemptions",
        REFERENCE,
        reference_resources.ListOfCustomer,
        redemptions.list_of_customer,
    ),
    operation(
        "redemptions.retrieve",
        "GET /v1/redemptions/<id>",
        REFERENCE,
        Parameters,
        redemptions.retrieve,
    ),
    operation(
        "earning_rules.create",
        "POST /v1/earning-rules",
        REFERENCE,
        reference_resources.CreateEarningRule,
        earning_rules.create,
    ),
    operation(
        "earning_rules.list",
        "GET /v1/earning-rules",
        REFERENCE,
        reference_resources.PlainList,
        earning_rules.list_page,
    ),
    operation(
        "earning_rules.retrieve",
        "GET /v1/earning-rules/<id>",
        REFERENCE,
        Parameters,
        earning_rules.retrieve,
    ),
    operation(
        "earning_rules.update",
        "POST /v1/earning-rules/<id>",
        REFERENCE,
        reference_resources.UpdateEarningRule,
        earning_rules.update,
    ),
    operation(
        "store_credit.create",
        "POST /v1/store-credit",
        REFERENCE,
        reference_resources.CreateStoreCredit,
        store_credit.create,
    ),
    operation(
        "store_credit.list",
        "GET /v1/store-credit",
        REFERENCE,
        reference_resources.ListOfCustomer,
        store_credit.list_page,
    ),
    operation(
        "store_credit.retrieve",
        "GET /v1/store-credit/<id>",
        REFERENCE,
        Parameters,
        store_credit.retrieve,
    ),
    operation(
        "webhook_endpoints.create",
        "POST /v1/webhook-endpoints",
        REFERENCE,
        reference_resources.CreateWebhookEndpoint,
        webhook_endpoints.create,
    ),
    operation(
        "webhook_endpoints.list",
        "GET /v1/webhook-endpoints",
        REFERENCE,
        reference_resources.PlainList,
        webhook_endpoints.list_page,
    ),
    operation(
        "webhook_endpoints.retrieve",
        "GET /v1/webhook-endpoints/<id>",
        REFERENCE,
        Parameters,
        webhook_endpoints.retrieve,
    ),
    operation(
        "webhook_endpoints.update",
        "POST /v1/webhook-endpoints/<id>",
        REFERENCE,
        reference_resources.UpdateWebhookEndpoint,
        webhook_endpoints.update,
    ),
    operation(
        "webhook_endpoints.delete",
        "DELETE /v1/webhook-endpoints/<id>",
        REFERENCE,
        Parameters,
        webhook_endpoints.delete,
    ),
    operation("events.list", "GET /v1/events", REFERENCE, reference.ListEvents, events.list_page),
    operation("events.retrieve", "GET /v1/events/<id>", REFERENCE, Parameters, events.retrieve),
)

RESOURCE_OPERATIONS: Final[Sequence[Operation]] = (*_GUIDE, *_REFERENCE)

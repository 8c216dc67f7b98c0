"""The types of answers beside those on members and their ledger; see ``response_types``."""

from collections.abc import Mapping
from typing import Any, Final

from typing_extensions import TypeAliasType

from ..dialects import objects
from ..dialects import resource_objects as resources
from ..dialects.objects import GuidePage, ReferencePage

LoyaltyProgramList = TypeAliasType("LoyaltyProgramList", GuidePage[resources.ProgramObject])
GuideRewardList = TypeAliasType("GuideRewardList", GuidePage[resources.GuideRewardObject])
GuideRedemptionList = TypeAliasType(
    "GuideRedemptionList", GuidePage[resources.GuideRedemptionObject]
)
GuideEarningRuleList = TypeAliasType(
    "GuideEarningRuleList", GuidePage[resources.GuideEarningRuleObject]
)
TierList = TypeAliasType("TierList", ReferencePage[resources.TierObject])
RewardList = TypeAliasType("RewardList", ReferencePage[resources.RewardObject])
RedemptionList = TypeAliasType("RedemptionList", ReferencePage[resources.RedemptionObject])
EarningRuleList = TypeAliasType("EarningRuleList", ReferencePage[resources.EarningRuleObject])
StoreCreditList = TypeAliasType("StoreCreditList", ReferencePage[resources.StoreCreditObject])
WebhookEndpointList = TypeAliasType(
    "WebhookEndpointList", ReferencePage[resources.WebhookEndpointObject]
)
CustomerList = TypeAliasType("CustomerList", ReferencePage[objects.CustomerRecordObject])
EventList = TypeAliasType("EventList", ReferencePage[objects.EventObject])

RESOURCE_RESPONSE_TYPES: Final[Mapping[str, Any]] = {
    "loyalty.programs.create": resources.ProgramObject,
    "loyalty.programs.update": resources.ProgramObject,
    "loyalty.programs.retrieve": resources.ProgramObject,
    "loyalty.programs.list": LoyaltyProgramList,
    "loyalty.rewards.create": resources.GuideRewardObject,
    "loyalty.rewards.update": resources.GuideRewardObject,
    "loyalty.rewards.retrieve": resources.GuideRewardObject,
    "loyalty.rewards.list": GuideRewardList,
    "loyalty.redemptions.create": resources.GuideRedemptionObject,
    "loyalty.redemptions.release": resources.GuideRedemptionObject,
    "loyalty.redemptions.retrieve": resources.GuideRedemptionObject,
    "loyalty.redemptions.list": GuideRedemptionList,
    "loyalty.earning_rules.create": resources.GuideEarningRuleObject,
    "loyalty.earning_rules.update": resources.GuideEarningRuleObject,
    "loyalty.earning_rules.retrieve": resources.GuideEarningRuleObject,
    "loyalty.earning_rules.list": GuideEarningRuleList,
    "tiers.create": resources.TierObject,
    "tiers.update": resources.TierObject,
    "tiers.retrieve": resources.TierObject,
    "tiers.list": TierList,
    "rewards.create": resources.RewardObject,
    "rewards.update": resources.RewardObject,
    "rewards.retrieve": resources.RewardObject,
    "rewards.list": RewardList,
    "redemptions.create": resources.RedemptionObject,
    "redemptions.retrieve": resources.RedemptionObject,
    "redemptions.list": RedemptionList,
    "earning_rules.create": resources.EarningRuleObject,
    "earning_rules.update": resources.EarningRuleObject,
    "earning_rules.retrieve": resources.EarningRuleObject,
    "earning_rules.list": EarningRuleList,
    "store_credit.create": resources.StoreCreditObject,
    "store_credit.retrieve": resources.StoreCreditObject,
    "store_credit.list": StoreCreditList,
    "webhook_endpoints.create": resources.WebhookEndpointObject,
    "webhook_endpoints.update": resources.WebhookEndpointObject,
    "webhook_endpoints.retrieve": resources.WebhookEndpointObject,
    "webhook_endpoints.list": WebhookEndpointList,
    "webhook_endpoints.delete": resources.DeletedWebhookEndpointObject,
    "customers.create": objects.CustomerRecordObject,
    "customers.update": objects.CustomerRecordObject,
    "customers.retrieve": objects.CustomerRecordObject,
    "customers.list": CustomerList,
    "customers.delete": objects.DeletedCustomerObject,
    "events.retrieve": objects.EventObject,
    "events.list": EventList,
    "loyalty.credit.issue": resources.CreditEntryObject,
    "loyalty.analytics.summary": resources.AnalyticsSummaryObject,
}

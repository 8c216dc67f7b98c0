"""Every call of the resources beside members and their ledger: what it sends, and what comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, Final

import vinr

LINKS: Final = frozenset(
    {"id", "account", "reward", "customer", "program", "redeemable_id", "default_payment_method"}
)
"""Parameters that are ids."""
AT: Final = datetime(2024, 5, 21, 14, 0, tzinfo=UTC)


@dataclass(frozen=True)
class ResourceCall:
    """A call by its place on the client, with its request and its response."""

    name: str
    arguments: Mapping[str, Any]
    request: str
    """Method and path with its query, below ``/v1``."""
    body: bytes = b""
    model: type[Any] = vinr.Deleted
    answer: Mapping[str, Any] = field(default_factory=dict[str, Any])
    reads: Mapping[str, object] = field(default_factory=dict[str, object])
    """What the model says then, by dotted attribute."""

    def on(self, client: Any, **more: Any) -> Any:
        """What the method on this client returns."""
        return attrgetter(self.name)(client)(**{**self.arguments, **more})

    @property
    def writes(self) -> bool:
        return not self.request.startswith("GET ")

    @property
    def lists(self) -> bool:
        return self.name.endswith(".list")

    @property
    def is_of_the_guide(self) -> bool:
        return self.name.startswith("loyalty.")

    def body_of_answer(self) -> dict[str, Any]:
        """The object, or a page with it alone."""
        if not self.lists:
            return dict(self.answer)
        page = {"has_more": False, "next_cursor": None}
        end = {"page": page} if self.is_of_the_guide else {"has_more": False}
        return {"object": "list", "data": [dict(self.answer)], **end}


CUSTOMER: Final = {
    "id": "cust_1",
    "object": "customer",
    "email": "someone@example.test",
    "name": "Some One",
    "phone": "+4312345",
    "default_payment_method": "pm_1",
    "metadata": {"crm": "7"},
    "created": 1716300000,
}
TIER: Final = {"id": "tier_gold", "name": "Gold", "min_points": 5000, "benefits": ["lounge"]}
REWARD: Final = {
    "id": "rwd_1",
    "name": "Coffee",
    "points_cost": 100,
    "type": "item",
    "value": 350,
    "active": True,
}
REDEMPTION: Final = {
    "id": "rdm_1",
    "customer": "cust_1",
    "redeemable_id": "rwd_1",
    "redeemable_type": "reward",
    "amount_off": 350,
    "redeemed_at": 1716300000,
}
RULE: Final = {
    "id": "er_1",
    "name": "Purchases",
    "event": "payment.completed",
    "points_per_unit": 1,
    "unit_value": 100,
    "active": True,
    "created": 1716300000,
}
CREDIT: Final = {
    "id": "sc_1",
    "customer": "cust_1",
    "amount": 500,
    "currency": "EUR",
    "balance_remaining": 200,
    "expires_at": 1716300000,
}
SECRET: Final = "whsec_shown_once"
ENDPOINT: Final = {
    "id": "we_1",
    "url": "https://shop.example/vinr",
    "enabled_events": ["*"],
    "status": "enabled",
}
PROGRAM: Final = {
    "id": "prog_1",
    "name": "Stars",
    "currency": {"name": "Star", "pointValue": 0.5, "rounding": "down", "decimals": 0},
    "expiryMonths": 24,
    "tierConfig": {
        "qualifyOn": "points",
        "period": {"type": "rolling", "months": 12},
        "tiers": [{"name": "Gold", "rank": 2, "threshold": 5000}],
    },
    "createdAt": "2024-05-21T14:00:00Z",
}
GUIDE_REWARD: Final = {
    "id": "rwd_1",
    "program": "prog_1",
    "name": "Five euros",
    "type": "discount_amount",
    "cost": 500,
    "value": {"amount": 500, "currency": "EUR"},
}
GUIDE_REDEMPTION: Final = {
    "id": "rdm_1",
    "account": "loy_1",
    "reward": "rwd_1",
    "points": 500,
    "status": "pending",
    "discount": {"amount": 500, "currency": "EUR", "code": "FIVE"},
    "transaction": "ptx_1",
}
GUIDE_RULE: Final = {
    "id": "rule_1",
    "program": "prog_1",
    "trigger": "payment.completed",
    "award": {"type": "per_amount", "per": 100, "points": 1},
}
ENTRY: Final = {
    "id": "ptx_1",
    "type": "credit",
    "account": "loy_1",
    "amount": 500,
    "currency": "EUR",
    "walletBalance": 700,
    "createdAt": "2024-05-21T14:00:00Z",
}
SUMMARY: Final = {
    "enrollment": 1200,
    "activeMembers": 300,
    "pointsLiability": 45_000,
    "redemptionRate": 0.25,
}

REFERENCE: Final = [
    ResourceCall(
        "customers.create",
        {"email": "someone@example.test", "name": "Some One", "metadata": {"crm": "7"}},
        "POST /customers",
        b"email=someone%40example.test&name=Some+One&metadata[crm]=7",
        vinr.Customer,
        CUSTOMER,
        {
            "email": "someone@example.test",
            "phone": "+4312345",
            "default_payment_method": "pm_1",
            "metadata": {"crm": "7"},
            "created": AT,
        },
    ),
    ResourceCall(
        "customers.retrieve",
        {"id": "cust_1"},
        "GET /customers/cust_1",
        model=vinr.Customer,
        answer=CUSTOMER,
        reads={"name": "Some One"},
    ),
    ResourceCall(
        "customers.update",
        {"id": "cust_1", "default_payment_method": "pm_1", "metadata": {"crm": None}},
        "POST /customers/cust_1",
        b"default_payment_method=pm_1&metadata[crm]=",
        vinr.Customer,
        CUSTOMER,
    ),
    ResourceCall(
        "customers.delete",
        {"id": "cust_1"},
        "DELETE /customers/cust_1",
        answer={"id": "cust_1", "object": "customer", "deleted": True},
        reads={"deleted": True},
    ),
    ResourceCall(
        "customers.list",
        {"email": "someone@example.test", "limit": 10},
        "GET /customers?email=someone%40example.test&limit=10",
        model=vinr.Customer,
        answer=CUSTOMER,
    ),
    ResourceCall(
        "tiers.create",
        {"name": "Gold", "min_points": 5000, "benefits": ["lounge", "gift"], "program": "prog_1"},
        "POST /tiers",
        b"name=Gold&min_points=5000&benefits[]=lounge&benefits[]=gift&program=prog_1",
        vinr.Tier,
        TIER,
        {"name": "Gold", "min_points": 5000, "benefits": ["lounge"]},
    ),
    ResourceCall(
        "tiers.retrieve",
        {"id": "tier_gold"},
        "GET /tiers/tier_gold",
        model=vinr.Tier,
        answer=TIER,
    ),
    ResourceCall(
        "tiers.update",
        {"id": "tier_gold", "min_points": 0},
        "POST /tiers/tier_gold",
        b"min_points=0",
        vinr.Tier,
        TIER,
    ),
    ResourceCall(
        "tiers.list",
        {"starting_after": "tier_x"},
        "GET /tiers?starting_after=tier_x",
        model=vinr.Tier,
        answer=TIER,
    ),
    ResourceCall(
        "rewards.create",
        {"name": "Coffee", "points_cost": 100, "type": "item", "value": 350, "active": True},
        "POST /rewards",
        b"name=Coffee&points_cost=100&type=item&value=350&active=true",
        vinr.Reward,
        REWARD,
        {"points_cost": 100, "type": "item", "value": 350, "active": True},
    ),
    ResourceCall(
        "rewards.retrieve", {"id": "rwd_1"}, "GET /rewards/rwd_1", model=vinr.Reward, answer=REWARD
    ),
    ResourceCall(
        "rewards.update",
        {"id": "rwd_1", "active": False},
        "POST /rewards/rwd_1",
        b"active=false",
        vinr.Reward,
        REWARD,
    ),
    ResourceCall("rewards.list", {}, "GET /rewards", model=vinr.Reward, answer=REWARD),
    ResourceCall(
        "redemptions.create",
        {"customer": "cust_1", "redeemable_id": "rwd_1", "redeemable_type": "reward"},
        "POST /redemptions",
        b"customer=cust_1&redeemable_id=rwd_1&redeemable_type=reward",
        vinr.Redemption,
        REDEMPTION,
        {"customer": "cust_1", "amount_off": 350, "redeemed_at": AT},
    ),
    ResourceCall(
        "redemptions.retrieve",
        {"id": "rdm_1"},
        "GET /redemptions/rdm_1",
        model=vinr.Redemption,
        answer=REDEMPTION,
    ),
    ResourceCall(
        "redemptions.list",
        {"customer": "cust_1"},
        "GET /redemptions?customer=cust_1",
        model=vinr.Redemption,
        answer=REDEMPTION,
    ),
    ResourceCall(
        "earning_rules.create",
        {"name": "Purchases", "event": "payment.completed", "points_per_unit": 1},
        "POST /earning-rules",
        b"name=Purchases&event=payment.completed&points_per_unit=1",
        vinr.EarningRule,
        RULE,
        {"event": "payment.completed", "points_per_unit": 1, "unit_value": 100, "created": AT},
    ),
    ResourceCall(
        "earning_rules.retrieve",
        {"id": "er_1"},
        "GET /earning-rules/er_1",
        model=vinr.EarningRule,
        answer=RULE,
    ),
    ResourceCall(
        "earning_rules.update",
        {"id": "er_1", "unit_value": 200, "active": True},
        "POST /earning-rules/er_1",
        b"unit_value=200&active=true",
        vinr.EarningRule,
        RULE,
    ),
    ResourceCall(
        "earning_rules.list", {}, "GET /earning-rules", model=vinr.EarningRule, answer=RULE
    ),
    ResourceCall(
        "store_credit.create",
        {"customer": "cust_1", "amount": 500, "currency": "EUR", "expires_at": AT},
        "POST /store-credit",
        b"customer=cust_1&amount=500&currency=EUR&expires_at=1716300000",
        vinr.StoreCredit,
        CREDIT,
        {"amount": 500, "balance_remaining": 200, "expires_at": AT},
    ),
    ResourceCall(
        "store_credit.retrieve",
        {"id": "sc_1"},
        "GET /store-credit/sc_1",
        model=vinr.StoreCredit,
        answer=CREDIT,
    ),
    ResourceCall(
        "store_credit.list",
        {"customer": "cust_1"},
        "GET /store-credit?customer=cust_1",
        model=vinr.StoreCredit,
        answer=CREDIT,
    ),
    ResourceCall(
        "webhook_endpoints.create",
        {"url": "https://shop.example/vinr", "enabled_events": ["customer.created", "*"]},
        "POST /webhook-endpoints",
        b"url=https%3A%2F%2Fshop.example%2Fvinr"
        b"&enabled_events[]=customer.created&enabled_events[]=%2A",
        vinr.WebhookEndpoint,
        {**ENDPOINT, "secret": SECRET},
        {"secret": SECRET, "enabled_events": ["*"], "status": "enabled"},
    ),
    ResourceCall(
        "webhook_endpoints.retrieve",
        {"id": "we_1"},
        "GET /webhook-endpoints/we_1",
        model=vinr.WebhookEndpoint,
        answer=ENDPOINT,
        reads={"secret": None},
    ),
    ResourceCall(
        "webhook_endpoints.update",
        {"id": "we_1", "status": "disabled"},
        "POST /webhook-endpoints/we_1",
        b"status=disabled",
        vinr.WebhookEndpoint,
        ENDPOINT,
    ),
    ResourceCall(
        "webhook_endpoints.delete",
        {"id": "we_1"},
        "DELETE /webhook-endpoints/we_1",
        answer={"id": "we_1", "deleted": True},
    ),
    ResourceCall(
        "webhook_endpoints.list",
        {},
        "GET /webhook-endpoints",
        model=vinr.WebhookEndpoint,
        answer=ENDPOINT,
    ),
]

"""The requests whose answers are the examples of the OpenAPI document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from ..programs import DEFAULT_PROGRAM

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """One request, which has to succeed."""

    operation: str
    parameters: Json = field(default_factory=dict[str, Any])
    id: str = ""
    """``{operation}``, here and in parameters, is the id in that operation's first answer."""


_DUPLICATE: Final = "cust_abc123_duplicate"

STEPS: Final = (
    Step(
        "accounts.create",
        {
            "program": "prog_default",
            "customer": "cust_abc123",
            "metadata": {"signup_channel": "web"},
        },
    ),
    Step(
        "transactions.create",
        {
            "account": "{accounts.create}",
            "type": "adjust",
            "amount": 500,
            "reason": "goodwill_credit",
        },
    ),
    Step("sandbox.customers.put", {"id": "cust_abc123", "email": "ada@example.test"}),
    Step(
        "sandbox.simulate.payment_completed",
        {"customer": "cust_abc123", "amount": "42.50", "payment": "pay_1"},
    ),
    Step("sandbox.simulate.payment_refunded", {"payment": "pay_1", "amount": "10"}),
    Step(
        "sandbox.simulate.redemption",
        {"account": "{accounts.create}", "points": 100, "redemption": "red_1"},
    ),
    Step("sandbox.simulate.redemption_released", {"redemption": "red_1"}),
    Step(
        "sandbox.simulate.redemption",
        {"account": "{accounts.create}", "points": 60, "redemption": "red_2"},
    ),
    Step("sandbox.simulate.redemption_fulfilled", {"redemption": "red_2"}),
    Step("sandbox.simulate.expiry", {"account": "{accounts.create}", "points": 20}),
    Step("accounts.retrieve", {"expand": ["customer", "tier"]}, "{accounts.create}"),
    Step("accounts.list", {"program": "prog_default", "customer": "cust_abc123", "limit": 1}),
    Step("accounts.update", {"tier": "gold", "metadata": {"vip": "yes"}}, "{accounts.create}"),
    Step("transactions.list", {"account": "{accounts.create}", "limit": 2}),
    Step("transactions.retrieve", {}, "{transactions.create}"),
    Step("accounts.close", {}, "{accounts.create}"),
    Step("accounts.reopen", {}, "{accounts.create}"),
    Step("loyalty_accounts.create", {"customer": _DUPLICATE, "programme_id": "prog_default"}),
    Step("loyalty_accounts.retrieve", {"expand": ["tier"]}, "{loyalty_accounts.create}"),
    Step("loyalty_accounts.update", {"tier": "tier_silver"}, "{loyalty_accounts.create}"),
    Step("loyalty_accounts.list", {"customer": _DUPLICATE, "limit": 10}),
    Step(
        "points_transactions.create",
        {
            "loyalty_account": "{loyalty_accounts.create}",
            "amount": 250,
            "type": "credit",
            "reason": "goodwill",
        },
    ),
    Step(
        "points_transactions.retrieve",
        {"expand": ["loyalty_account"]},
        "{points_transactions.create}",
    ),
    Step("points_transactions.list", {"type": "credit", "limit": 2}),
    Step("accounts.merge", {"source": "{loyalty_accounts.create}", "target": "{accounts.create}"}),
    Step(
        "events.list",
        {"type": "loyalty.account.merged", "created": {"gte": 1_716_300_000}, "limit": 1},
    ),
    Step("events.retrieve", {}, "{events.list}"),
    Step("sandbox.programs.put", DEFAULT_PROGRAM.model_dump(mode="json")),
    Step("sandbox.programs.list"),
    Step("sandbox.check"),
    Step(
        "sandbox.faults.add",
        {
            "operation": "transactions.create",
            "faults": [{"kind": "status", "status": 429, "retry_after": 1}, {"kind": "lose_reply"}],
        },
    ),
    Step("sandbox.faults.list"),
    Step("sandbox.faults.clear"),
    Step("sandbox.clock.advance", {"days": 365}),
    Step("sandbox.clock.now"),
    Step("sandbox.webhooks.deliver"),
    Step(
        "sandbox.webhooks.add",
        {"url": "http://127.0.0.1:8000/hooks", "secret": "whsec_example"},
    ),
    Step("customers.create", {"email": "grace@example.test", "name": "Grace"}),
    Step("customers.list", {"email": "grace@example.test"}),
    Step("customers.retrieve", id="{customers.create}"),
    Step("customers.update", {"phone": "+35312345678"}, "{customers.create}"),
    Step(
        "loyalty.programs.create",
        {
            "name": "Stars",
            "currency": {"name": "Star", "pointValue": 1, "rounding": "down", "decimals": 0},
            "expiryMonths": 24,
            "tierConfig": {
                "qualifyOn": "points",
                "period": {"type": "rolling", "months": 12},
                "tiers": [{"name": "Gold", "rank": 1, "threshold": 5000}],
            },
        },
    ),
    Step("loyalty.programs.list", {"limit": 1}),
    Step("loyalty.programs.retrieve", id="{loyalty.programs.create}"),
    Step("loyalty.programs.update", {"expiryMonths": 36}, "{loyalty.programs.create}"),
    Step(
        "loyalty.rewards.create",
        {
            "program": "prog_default",
            "name": "Five euros",
            "type": "discount_amount",
            "cost": 50,
            "value": {"amount": 500, "currency": "EUR"},
        },
    ),
    Step("loyalty.rewards.list", {"program": "prog_default", "limit": 1}),
    Step("loyalty.rewards.retrieve", id="{loyalty.rewards.create}"),
    Step("loyalty.rewards.update", {"cost": 40}, "{loyalty.rewards.create}"),
    Step(
        "loyalty.redemptions.create",
        {"account": "{accounts.create}", "reward": "{loyalty.rewards.create}"},
    ),
    Step("loyalty.redemptions.list", {"account": "{accounts.create}", "limit": 1}),
    Step("loyalty.redemptions.retrieve", id="{loyalty.redemptions.create}"),
    Step("loyalty.redemptions.release", id="{loyalty.redemptions.create}"),
    Step(
        "loyalty.earning_rules.create",
        {
            "program": "{loyalty.programs.create}",
            "trigger": "payment.completed",
            "award": {"type": "per_amount", "per": 100, "points": 1},
        },
    ),
    Step("loyalty.earning_rules.list", {"limit": 1}),
    Step("loyalty.earning_rules.retrieve", id="{loyalty.earning_rules.create}"),
    Step("loyalty.earning_rules.update", {"active": False}, "{loyalty.earning_rules.create}"),
    Step(
        "loyalty.credit.issue",
        {
            "account": "{accounts.create}",
            "amount": 500,
            "currency": "EUR",
            "reason": "late delivery",
            "expiresAt": "2030-01-01T00:00:00Z",
        },
    ),
    Step("loyalty.analytics.summary", {"program": "prog_default"}),
    Step("tiers.create", {"name": "Platinum", "min_points": 9000, "benefits": ["lounge"]}),
    Step("tiers.list", {"limit": 2}),
    Step("tiers.retrieve", id="{tiers.create}"),
    Step("tiers.update", {"min_points": 10000}, "{tiers.create}"),
    Step("rewards.create", {"name": "Coffee", "points_cost": 30, "type": "item"}),
    Step("rewards.list", {"limit": 1}),
    Step("rewards.retrieve", id="{rewards.create}"),
    Step("rewards.update", {"points_cost": 25}, "{rewards.create}"),
    Step(
        "redemptions.create",
        {
            "customer": "cust_abc123",
            "redeemable_id": "{rewards.create}",
            "redeemable_type": "reward",
        },
    ),
    Step("redemptions.list", {"customer": "cust_abc123", "limit": 1}),
    Step("redemptions.retrieve", id="{redemptions.create}"),
    Step(
        "earning_rules.create",
        {
            "name": "Purchases",
            "event": "payment.completed",
            "points_per_unit": 1,
            "unit_value": 100,
        },
    ),
    Step("earning_rules.list", {"limit": 1}),
    Step("earning_rules.retrieve", id="{earning_rules.create}"),
    Step("earning_rules.update", {"points_per_unit": 2}, "{earning_rules.create}"),
    Step(
        "store_credit.create",
        {"customer": "{customers.create}", "amount": 500, "currency": "EUR"},
    ),
    Step("store_credit.list", {"customer": "{customers.create}"}),
    Step("store_credit.retrieve", id="{store_credit.create}"),
    Step(
        "webhook_endpoints.create",
        {"url": "https://shop.example/vinr", "enabled_events": ["loyalty.points.earned"]},
    ),
    Step("webhook_endpoints.list", {"limit": 1}),
    Step("webhook_endpoints.retrieve", id="{webhook_endpoints.create}"),
    Step("webhook_endpoints.update", {"status": "disabled"}, "{webhook_endpoints.create}"),
    Step("webhook_endpoints.delete", id="{webhook_endpoints.create}"),
    Step("customers.delete", id="{customers.create}"),
    Step("sandbox.webhooks.list"),
    Step("sandbox.webhooks.clear"),
    Step("sandbox.health"),
    Step("sandbox.snapshots.create"),
    Step("sandbox.reset"),
    Step("sandbox.restore", {"snapshot": "snap_1"}),
)

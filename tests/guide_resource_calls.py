"""The same for the guide's dialect, and all of both."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Final

from vinr import loyalty

from .resource_calls import (
    AT,
    ENTRY,
    GUIDE_REDEMPTION,
    GUIDE_REWARD,
    GUIDE_RULE,
    PROGRAM,
    REFERENCE,
    SUMMARY,
    ResourceCall,
)


def as_json(**fields: object) -> bytes:
    return json.dumps(fields, separators=(",", ":")).encode()


CURRENCY: Final = {"name": "Star", "point_value": 0.5, "rounding": "down", "decimals": 0}
TIERS: Final = [{"name": "Gold", "rank": 2, "threshold": 5000}]
CONFIG: Final = {
    "qualify_on": "points",
    "period": {"type": "rolling", "months": 12},
    "tiers": TIERS,
}
GUIDE: Final = [
    ResourceCall(
        "loyalty.programs.create",
        {"name": "Stars", "currency": CURRENCY, "expiry_months": 24, "tier_config": CONFIG},
        "POST /loyalty/programs",
        as_json(
            name="Stars",
            currency=PROGRAM["currency"],
            expiryMonths=24,
            tierConfig=PROGRAM["tierConfig"],
        ),
        loyalty.Program,
        PROGRAM,
        {
            "currency.point_value": 0.5,
            "expiry_months": 24,
            "tier_config.qualify_on": "points",
            "tier_config.period.months": 12,
            "created_at": AT,
        },
    ),
    ResourceCall(
        "loyalty.programs.retrieve",
        {"id": "prog_1"},
        "GET /loyalty/programs/prog_1",
        model=loyalty.Program,
        answer=PROGRAM,
    ),
    ResourceCall(
        "loyalty.programs.update",
        {"id": "prog_1", "tier_config": {"tiers": TIERS}},
        "POST /loyalty/programs/prog_1",
        as_json(tierConfig={"tiers": TIERS}),
        loyalty.Program,
        PROGRAM,
    ),
    ResourceCall(
        "loyalty.programs.list",
        {},
        "GET /loyalty/programs",
        model=loyalty.Program,
        answer=PROGRAM,
    ),
    ResourceCall(
        "loyalty.rewards.create",
        {
            "program": "prog_1",
            "name": "Five euros",
            "type": "discount_amount",
            "cost": 500,
            "value": {"amount": 500, "currency": "EUR"},
        },
        "POST /loyalty/rewards",
        as_json(
            program="prog_1",
            name="Five euros",
            type="discount_amount",
            cost=500,
            value={"amount": 500, "currency": "EUR"},
        ),
        loyalty.Reward,
        GUIDE_REWARD,
        {"program": "prog_1", "cost": 500, "value": {"amount": 500, "currency": "EUR"}},
    ),
    ResourceCall(
        "loyalty.rewards.retrieve",
        {"id": "rwd_1"},
        "GET /loyalty/rewards/rwd_1",
        model=loyalty.Reward,
        answer=GUIDE_REWARD,
    ),
    ResourceCall(
        "loyalty.rewards.update",
        {"id": "rwd_1", "active": False},
        "POST /loyalty/rewards/rwd_1",
        as_json(active=False),
        loyalty.Reward,
        GUIDE_REWARD,
    ),
    ResourceCall(
        "loyalty.rewards.list",
        {"program": "prog_1"},
        "GET /loyalty/rewards?program=prog_1",
        model=loyalty.Reward,
        answer=GUIDE_REWARD,
    ),
    ResourceCall(
        "loyalty.redemptions.create",
        {"account": "loy_1", "reward": "rwd_1"},
        "POST /loyalty/redemptions",
        as_json(account="loy_1", reward="rwd_1"),
        loyalty.Redemption,
        GUIDE_REDEMPTION,
        {"points": 500, "status": "pending", "discount.code": "FIVE", "transaction": "ptx_1"},
    ),
    ResourceCall(
        "loyalty.redemptions.retrieve",
        {"id": "rdm_1"},
        "GET /loyalty/redemptions/rdm_1",
        model=loyalty.Redemption,
        answer=GUIDE_REDEMPTION,
    ),
    ResourceCall(
        "loyalty.redemptions.release",
        {"id": "rdm_1"},
        "POST /loyalty/redemptions/rdm_1/release",
        model=loyalty.Redemption,
        answer={**GUIDE_REDEMPTION, "status": "released"},
        reads={"status": "released"},
    ),
    ResourceCall(
        "loyalty.redemptions.list",
        {"account": "loy_1"},
        "GET /loyalty/redemptions?account=loy_1",
        model=loyalty.Redemption,
        answer=GUIDE_REDEMPTION,
    ),
    ResourceCall(
        "loyalty.earning_rules.create",
        {"program": "prog_1", "trigger": "payment.completed", "award": GUIDE_RULE["award"]},
        "POST /loyalty/earning-rules",
        as_json(program="prog_1", trigger="payment.completed", award=GUIDE_RULE["award"]),
        loyalty.EarningRule,
        GUIDE_RULE,
        {"trigger": "payment.completed", "award.per": 100, "award.points": 1},
    ),
    ResourceCall(
        "loyalty.earning_rules.retrieve",
        {"id": "rule_1"},
        "GET /loyalty/earning-rules/rule_1",
        model=loyalty.EarningRule,
        answer=GUIDE_RULE,
    ),
    ResourceCall(
        "loyalty.earning_rules.update",
        {"id": "rule_1", "award": {"points": 2}},
        "POST /loyalty/earning-rules/rule_1",
        as_json(award={"points": 2}),
        loyalty.EarningRule,
        GUIDE_RULE,
    ),
    ResourceCall(
        "loyalty.earning_rules.list",
        {"program": "prog_1"},
        "GET /loyalty/earning-rules?program=prog_1",
        model=loyalty.EarningRule,
        answer=GUIDE_RULE,
    ),
    ResourceCall(
        "loyalty.credit.issue",
        {
            "account": "loy_1",
            "amount": 500,
            "currency": "EUR",
            "reason": "goodwill",
            "expires_at": AT,
        },
        "POST /loyalty/credit",
        as_json(
            account="loy_1",
            amount=500,
            currency="EUR",
            reason="goodwill",
            expiresAt="2024-05-21T14:00:00Z",
        ),
        loyalty.CreditEntry,
        ENTRY,
        {"wallet_balance": 700, "created_at": AT, "type": "credit"},
    ),
    ResourceCall(
        "loyalty.analytics.summary",
        {"program": "prog_1", "period_gte": AT, "period_lt": datetime(2024, 6, 1, tzinfo=UTC)},
        "GET /loyalty/analytics/summary?program=prog_1"
        "&period[gte]=2024-05-21T14%3A00%3A00Z&period[lt]=2024-06-01T00%3A00%3A00Z",
        model=loyalty.AnalyticsSummary,
        answer=SUMMARY,
        reads={
            "enrollment": 1200,
            "active_members": 300,
            "points_liability": 45_000,
            "redemption_rate": 0.25,
        },
    ),
]
EVERY: Final = [*REFERENCE, *GUIDE]
WRITES: Final = [call for call in EVERY if call.writes]

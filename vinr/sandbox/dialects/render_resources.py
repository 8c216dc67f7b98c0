"""Writes the objects beside members and their ledger in each dialect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from ..ledger.analytics import Summary
from ..ledger.earning_rules import MINOR_UNITS, EarningRule
from ..ledger.rewards import Reward
from ..ledger.rows import RedemptionRow, RedemptionStatus, StoreCreditRow
from ..ledger.tiers import TierOfProgram
from ..ledger.webhook_endpoints import WebhookEndpoint
from ..programs import Program, TierPeriod
from . import resource_objects as objects
from .render import utc_time

_STATUS: Final[Mapping[RedemptionStatus, Literal["pending", "applied", "released"]]] = {
    "open": "pending",
    "fulfilled": "applied",
    "released": "released",
}
_DISCOUNTS: Final = frozenset({"discount_percent", "discount_amount", "store_credit"})
_MAIN_VALUES: Final = ("amount", "percent", "description", "product")
"""What the reference's one ``value`` shows of the guide's object, the first that is there."""
_RATE_DIGITS: Final = 4


def program(program: Program) -> objects.ProgramObject:
    """A program; only the guide's dialect has them."""
    currency = program.currency
    by_points = sorted(program.tiers, key=lambda tier: tier.min_points)
    ranks = {tier.id: rank for rank, tier in enumerate(by_points, 1)}
    return {
        "id": program.id,
        "object": "program",
        "name": program.name,
        "currency": {
            "name": currency.name,
            "pointValue": currency.point_value,
            "rounding": currency.rounding,
            "decimals": currency.decimals,
        },
        "expiryMonths": program.expiry_months,
        "tierConfig": {
            "qualifyOn": program.qualify_on,
            "period": _period(program.tier_period),
            "tiers": [
                {
                    "name": tier.name,
                    "rank": ranks[tier.id] if tier.rank is None else tier.rank,
                    "threshold": tier.min_points,
                }
                for tier in program.tiers
            ],
        },
    }


def _period(period: TierPeriod | None) -> objects.TierPeriodObject | None:
    return None if period is None else {"type": period["type"], "months": period["months"]}


def tier(of: TierOfProgram) -> objects.TierObject:
    """A tier; the guide's dialect has them within programs."""
    return {
        "id": of.tier.id,
        "object": "tier",
        "name": of.tier.name,
        "min_points": of.tier.min_points,
        "benefits": of.tier.benefits,
        "program": of.program,
    }


def guide_reward(reward: Reward) -> objects.GuideRewardObject:
    """A reward in the guide's dialect."""
    return {
        "id": "rwd_" + reward.key,
        "object": "reward",
        "program": reward.program,
        "name": reward.name,
        "type": reward.type,
        "cost": reward.cost,
        "value": reward.value,
        "active": reward.active,
        "createdAt": utc_time(reward.created),
    }


def reference_reward(reward: Reward) -> objects.RewardObject:
    """A reward in the reference's dialect."""
    return {
        "id": "rwd_" + reward.key,
        "object": "reward",
        "name": reward.name,
        "points_cost": reward.cost,
        "type": "discount" if reward.type in _DISCOUNTS else "item",
        "value": _main_value(reward.value or {}),
        "active": reward.active,
        "program": reward.program,
        "created": reward.created,
    }


def _main_value(value: Mapping[str, object]) -> int | float | str | None:
    for name in _MAIN_VALUES:
        found = value.get(name)
        if isinstance(found, (int, float, str)):
            return found
    return None


def guide_redemption(redemption: RedemptionRow) -> objects.GuideRedemptionObject:
    """A redemption in the guide's dialect."""
    return {
        "id": redemption.id,
        "object": "redemption",
        "account": "loy_" + redemption.account,
        "reward": redemption.reward and "rwd_" + redemption.reward,
        "points": redemption.points,
        "status": _STATUS[redemption.status],
        "discount": _discount(redemption),
        "transaction": "ptx_" + redemption.entry,
        "createdAt": utc_time(redemption.created),
    }


def _discount(redemption: RedemptionRow) -> objects.DiscountObject | None:
    if redemption.code is None:
        return None
    return {
        "amount": redemption.amount_off,
        "currency": redemption.currency,
        "code": redemption.code,
    }


def reference_redemption(redemption: RedemptionRow) -> objects.RedemptionObject:
    """A redemption in the reference's dialect, which never changes."""
    return {
        "id": redemption.id,
        "object": "redemption",
        "customer": redemption.customer,
        "redeemable_id": redemption.reward and "rwd_" + redemption.reward,
        "redeemable_type": "reward",
        "amount_off": redemption.amount_off,
        "redeemed_at": redemption.created,
    }


def guide_earning_rule(rule: EarningRule) -> objects.GuideEarningRuleObject:
    """An earning rule in the guide's dialect."""
    award: objects.AwardObject = {"type": rule.type, "points": rule.points}
    if rule.type != "fixed":
        award["per"] = rule.per
    return {
        "id": "rule_" + rule.key,
        "object": "earning_rule",
        "program": rule.program,
        "trigger": rule.trigger,
        "award": award,
        "active": rule.active,
        "createdAt": utc_time(rule.created),
    }


def reference_earning_rule(rule: EarningRule) -> objects.EarningRuleObject:
    """An earning rule in the reference's dialect; a fixed one has no unit."""
    units = {"fixed": None, "per_amount": rule.per, "per_currency": rule.per * MINOR_UNITS}
    return {
        "id": "er_" + rule.key,
        "object": "earning_rule",
        "name": rule.name,
        "event": rule.trigger,
        "points_per_unit": rule.points,
        "unit_value": units[rule.type],
        "active": rule.active,
        "created": rule.created,
    }


def credit_entry(
    credit: StoreCreditRow, account: str, wallet_balance: int
) -> objects.CreditEntryObject:
    """Credit that a member was given, in the guide's dialect."""
    return {
        "id": "ptx_" + credit.key,
        "object": "credit",
        "type": "credit",
        "account": "loy_" + account,
        "amount": credit.amount,
        "currency": credit.currency,
        "reason": credit.reason,
        "walletBalance": wallet_balance,
        "expiresAt": None if credit.expires is None else utc_time(credit.expires),
        "createdAt": utc_time(credit.created),
    }


def store_credit(credit: StoreCreditRow, now: int) -> objects.StoreCreditObject:
    """Credit in the reference's dialect; what is left of it is lost when it expires."""
    expired = credit.expires is not None and credit.expires <= now
    return {
        "id": "sc_" + credit.key,
        "object": "store_credit",
        "customer": credit.customer,
        "amount": credit.amount,
        "currency": credit.currency,
        "balance_remaining": 0 if expired else credit.remaining,
        "reason": credit.reason,
        "expires_at": credit.expires,
        "created": credit.created,
    }


def webhook_endpoint(endpoint: WebhookEndpoint) -> objects.WebhookEndpointObject:
    """An endpoint, without its secret."""
    return {
        "id": "we_" + endpoint.key,
        "object": "webhook_endpoint",
        "url": endpoint.url,
        "enabled_events": endpoint.enabled_events,
        "status": endpoint.status,
        "created": endpoint.created,
    }


def analytics_summary(program: Program, summary: Summary) -> objects.AnalyticsSummaryObject:
    """The figures of a program."""
    return {
        "object": "analytics_summary",
        "program": program.id,
        "enrollment": summary.enrolled,
        "activeMembers": summary.active,
        "pointsLiability": float(summary.liability),
        "redemptionRate": round(float(summary.redemption_rate), _RATE_DIGITS),
    }

"""Earning rules: what gives points by itself, and how many."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal

from ..programs import Program
from .definitions import Definition, DefinitionTable
from .unit_of_work import UnitOfWork

PAYMENT_COMPLETED: Final = "payment.completed"
ACCOUNT_CREATED: Final = "loyalty.account.created"
"""The two triggers that the sandbox knows. Rules of others are kept and give nothing."""

MINOR_UNITS: Final = 100
"""In one unit of currency, whatever the currency."""

AwardType = Literal["per_amount", "fixed", "per_currency"]


class EarningRule(Definition):
    """So many points for each so much of a payment, or for each time that something happens."""

    program: str
    name: str | None = None
    trigger: str
    type: AwardType
    per: int
    """Minor units of money for ``per_amount``, units of currency for ``per_currency``."""
    points: int
    active: bool = True

    def points_for(self, amount: Decimal) -> Fraction:
        """The points for a payment of so many units of currency."""
        if self.type == "fixed":
            return Fraction(self.points)
        units = MINOR_UNITS if self.type == "per_amount" else 1
        return Fraction(amount) * units * self.points / self.per


EARNING_RULES: Final = DefinitionTable("earning_rules", "earning rule", EarningRule)


def points_for_payment(work: UnitOfWork, program: Program, amount: Decimal) -> int:
    """What a payment earns: by the program's rules for payments, else by its rate."""
    rules = [rule for rule in _rules(work, program) if rule.trigger == PAYMENT_COMPLETED]
    if not rules:
        return program.currency.rounded(Fraction(amount) * Fraction(program.points_per_unit))
    return sum(program.currency.rounded(rule.points_for(amount)) for rule in rules if rule.active)


def points_for_enrolment(work: UnitOfWork, program: Program) -> int:
    """What a new member is given by rules; only fixed ones apply, as there is no amount."""
    return sum(
        rule.points
        for rule in _rules(work, program)
        if rule.trigger == ACCOUNT_CREATED and rule.type == "fixed" and rule.active
    )


def forget_cached(work: UnitOfWork) -> None:
    """To be called after a rule was added or changed."""
    work.cache.earning_rules.clear()


def _rules(work: UnitOfWork, program: Program) -> Sequence[EarningRule]:
    cached = work.cache.earning_rules
    if program.id not in cached:
        cached[program.id] = EARNING_RULES.every(work, program=program.id)
    return cached[program.id]

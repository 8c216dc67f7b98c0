"""A year in a loyalty program, made up from a seed: every kind of entry in every month."""

from __future__ import annotations

import random
from calendar import monthrange
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Final

from vinr import Vinr, VinrError
from vinr.sandbox import Program, Refusal, Sandbox

YEAR: Final = 2026
PROGRAM: Final = "prog_life"
OTHER_PROGRAM: Final = "prog_other"


def sandbox() -> Sandbox:
    """Its time stands at the beginning of the year; points expire after three months."""
    return Sandbox(
        start=datetime(YEAR, 1, 1, tzinfo=UTC),
        seed=7,
        programs=[
            Program(id=PROGRAM, name="Life", expiry_months=3, welcome_bonus=10),
            Program(id=OTHER_PROGRAM, name="Other"),
        ],
    )


def months(year: int = YEAR) -> list[date]:
    """The first day of each."""
    return [date(year, month, 1) for month in range(1, 13)]


class Life:
    """What happens to the members of a sandbox, day by day."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.client: Vinr = sandbox.client()
        self.random = random.Random(5)  # noqa: S311  # no secrets
        self.customers: list[str] = []

    def live(self) -> dict[date, int]:
        """Lives the year, and gives the sum of all balances at the end of each month."""
        outstanding: dict[date, int] = {}
        for month in months():
            begin = datetime(month.year, month.month, 1, tzinfo=UTC)
            self._advance_to(begin)
            self._enrol(month)
            for part in range(6):
                self._one_of_each(f"{month}-{part}")
                self.sandbox.clock.advance(days=4, seconds=self.random.randint(0, 3600))
            days = monthrange(month.year, month.month)[1]
            self._advance_to(begin.replace(day=days, hour=23, minute=59, second=59))
            outstanding[month] = self.outstanding()
        return outstanding

    def outstanding(self) -> int:
        """The sum of all balances of the program now."""
        members = self.client.loyalty.accounts.list(program=PROGRAM, limit=100)
        return sum(member.balance for member in members)

    def _advance_to(self, moment: datetime) -> None:
        self.sandbox.clock.advance(seconds=(moment - self.sandbox.clock.now()).total_seconds())

    def _enrol(self, month: date) -> None:
        for number in range(4):
            customer = f"cust_{month}_{number}"
            self.client.loyalty.accounts.create(program=PROGRAM, customer=customer)
            self.customers.append(customer)

    def _one_of_each(self, name: str) -> None:
        for number in range(5):
            self._pay(f"pay_{name}_{number}", refunded=number == 0)
        for happening in (self._redeem, self._expire, self._adjust, self._merge):
            with suppress(VinrError, Refusal):  # members may have too few points, as in life
                happening(name)

    def _pay(self, payment: str, *, refunded: bool) -> None:
        simulate, customer = self.sandbox.simulate, self.random.choice(self.customers)
        amount = self.random.randint(20, 900)
        simulate.payment_completed(
            customer=customer, program=PROGRAM, payment=payment, amount=amount
        )
        if refunded:
            simulate.payment_refunded(payment=payment)

    def _redeem(self, name: str) -> None:
        simulate, id = self.sandbox.simulate, f"red_{name}"
        simulate.redemption(account=self._account(), points=self._few(), redemption=id)
        if self.random.random() < 0.5:
            simulate.redemption_released(redemption=id)

    def _expire(self, _name: str) -> None:
        self.sandbox.simulate.expiry(account=self._account(), points=self._few())

    def _adjust(self, name: str) -> None:
        amount = self.random.choice([50, -5])
        self.client.loyalty.transactions.create(
            account=self._account(), amount=amount, idempotency_key=name
        )

    def _merge(self, _name: str) -> None:
        if self.random.random() < 0.2:
            source, target = self.random.sample(self.customers, 2)
            self.client.loyalty.accounts.merge(
                source=self._account(source), target=self._account(target)
            )
            self.customers.remove(source)

    def _few(self) -> int:
        return self.random.randint(1, 60)

    def _account(self, customer: str | None = None) -> str:
        customer = customer or self.random.choice(self.customers)
        member, _ = self.client.loyalty.accounts.get_or_create(program=PROGRAM, customer=customer)
        return member.id

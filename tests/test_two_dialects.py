"""One member, two views: whatever is done through either dialect shows in both."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from vinr import AccountAlreadyExistsError, UnprocessableError
from vinr.sandbox import Sandbox

TIERS = {"tier_bronze": 0, "tier_silver": 1000, "tier_gold": 5000}
POINTS = st.integers(1, 2500)
CUSTOMERS = st.sampled_from([f"cust_{number}" for number in range(6)])


@dataclass
class Member:
    """What must be true of one member, by its id without a prefix."""

    customer: str
    status: str = "active"
    balance: int = 0
    lifetime: int = 0
    by_hand: str | None = None
    """The tier that somebody set; it holds until points earn one above it."""
    earned_then: str = "tier_bronze"
    """The tier by points at that moment: being moved down sticks, too."""
    ledger: list[int] = field(default_factory=list[int])

    @property
    def earned(self) -> str:
        return max((t for t in TIERS if TIERS[t] <= self.lifetime), key=TIERS.__getitem__)

    @property
    def tier(self) -> str:
        if self.by_hand is None:
            return self.earned
        beaten = TIERS[self.earned] > max(TIERS[self.by_hand], TIERS[self.earned_then])
        return self.earned if beaten else self.by_hand

    def post(self, amount: int) -> None:
        self.ledger.insert(0, amount)
        self.balance += amount
        self.lifetime += max(amount, 0)


class TwoDialects(RuleBasedStateMachine):
    """Random steps through both dialects against a plain model of the ledger."""

    names: Bundle[str] = Bundle("names")

    def __init__(self) -> None:
        super().__init__()
        self.sandbox = Sandbox()
        self.client = self.sandbox.client()
        self.members: dict[str, Member] = {}

    def teardown(self) -> None:
        assert self.sandbox.check() == []
        self.client.close()
        self.sandbox.close()

    def holder(self, customer: str) -> str | None:
        return next(
            (
                name
                for name, member in self.members.items()
                if member.customer == customer and member.status == "active"
            ),
            None,
        )

    @initialize(target=names)
    def first(self) -> str:
        return self.enrolled("cust_first", guide=True)

    @rule(target=names, customer=CUSTOMERS, guide=st.booleans())
    def enrol(self, customer: str, guide: bool) -> str:
        holder = self.holder(customer)
        if holder is None:
            return self.enrolled(customer, guide)
        with pytest.raises(AccountAlreadyExistsError) as caught:
            self.enrolled(customer, guide)
        assert (caught.value.existing_account or "").endswith(f"_{holder}")
        return holder

    def enrolled(self, customer: str, guide: bool) -> str:
        if guide:
            made = self.client.loyalty.accounts.create(program="prog_default", customer=customer).id
        else:
            made = self.client.loyalty_accounts.create(customer=customer).id
        name = made.partition("_")[2]
        self.members[name] = Member(customer)
        return name

    @rule(name=names, points=POINTS, credit=st.booleans(), guide=st.booleans())
    def post(self, name: str, points: int, credit: bool, guide: bool) -> None:
        member = self.members[name]
        amount = points if credit else -points
        if member.status != "active" or member.balance + amount < 0:
            with pytest.raises(UnprocessableError):
                self.posted(name, amount, guide)
        else:
            self.posted(name, amount, guide)
            member.post(amount)

    def posted(self, name: str, amount: int, guide: bool) -> None:
        if guide:
            self.client.loyalty.transactions.create(account=f"loy_{name}", amount=amount)
        else:
            self.client.points_transactions.create(
                loyalty_account=f"la_{name}",
                amount=abs(amount),
                type="credit" if amount > 0 else "debit",
            )

    @rule(name=names, tier=st.sampled_from(sorted(TIERS)), guide=st.booleans())
    def set_tier(self, name: str, tier: str, guide: bool) -> None:
        member = self.members[name]
        if member.status != "active":
            return
        if guide:
            self.client.loyalty.accounts.update(f"loy_{name}", tier=tier)
        else:
            self.client.loyalty_accounts.update(f"la_{name}", tier=tier)
        member.by_hand, member.earned_then = tier, member.earned

    @rule(name=names)
    def close_or_reopen(self, name: str) -> None:
        member = self.members[name]
        accounts = self.client.loyalty.accounts
        if member.status == "active":
            member.status = accounts.close(f"loy_{name}").status
        elif self.holder(member.customer) is None:
            member.status = accounts.reopen(f"loy_{name}").status
        else:
            with pytest.raises(AccountAlreadyExistsError):
                accounts.reopen(f"loy_{name}")

    @rule(name=names)
    def both_views_of_one_member(self, name: str) -> None:
        member = self.members[name]
        guide = self.client.loyalty.accounts.retrieve(f"loy_{name}")
        reference = self.client.loyalty_accounts.retrieve(f"la_{name}")
        assert (guide.balance, reference.points_balance) == (member.balance, member.balance)
        assert (f"tier_{guide.tier}", reference.tier) == (member.tier, member.tier)
        assert (guide.customer, reference.customer) == (member.customer, member.customer)
        assert (guide.status, guide.lifetime_points) == (member.status, member.lifetime)

    @rule(name=names, limit=st.integers(1, 5))
    def both_views_of_one_ledger(self, name: str, limit: int) -> None:
        member = self.members[name]
        guide = list(self.client.loyalty.transactions.list(account=f"loy_{name}", limit=limit))
        reference = list(
            self.client.points_transactions.list(loyalty_account=f"la_{name}", limit=limit)
        )
        assert [entry.amount for entry in guide] == member.ledger
        assert [entry.signed_amount for entry in reference] == member.ledger
        assert [entry.id.partition("_")[2] for entry in guide] == [
            entry.id.partition("_")[2] for entry in reference
        ]
        if reference:
            assert reference[0].points_after == member.balance

    @invariant()
    def both_lists_hold_the_same_members(self) -> None:
        guide = self.client.loyalty.accounts.list(limit=100)
        reference = self.client.loyalty_accounts.list(limit=100)
        assert [account.id.removeprefix("loy_") for account in guide] == [
            account.id.removeprefix("la_") for account in reference
        ]
        assert len(guide) == len(self.members)


TestTwoDialects = TwoDialects.TestCase
TestTwoDialects.settings = settings(
    max_examples=20,
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)

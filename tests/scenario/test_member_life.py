"""A member's whole life, through both dialects, called in every way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from pydantic.alias_generators import to_snake

from tests.scenario.doors import Caller, Tell, every_caller
from tests.scenario.steps import Json
from vinr.sandbox import Sandbox


class Shop:
    """Calls, and what came back by Python's names."""

    def __init__(self, caller: Caller, tell: Tell) -> None:
        self._caller = caller
        self._tell = tell

    def answer(self, call: str, **given: object) -> Json:
        return cast("Json", by_pythons_names(self._caller.call(call, given)["answers"]))

    def listed(self, call: str, **given: object) -> list[Json]:
        page = self._caller.call(call, given)["page"]
        return [by_pythons_names(each) for each in page["data"]]

    def refusal(self, call: str, **given: object) -> tuple[int, str]:
        refused = self._caller.call(call, given)["refused"]
        return refused["status"], refused["code"]

    def happens(self, what: str, **given: object) -> Json | None:
        return cast("Json | None", self._tell(f"simulate/{what}", given)["transaction"])

    def passes(self, **time: object) -> None:
        self._tell("clock", time)

    def findings(self) -> object:
        return self._tell("check", {})["findings"]

    def standing(self, account: str) -> tuple[int, str | None]:
        found = self.answer("loyalty.accounts.retrieve", id=account)
        return found["balance"], found["tier"]


def by_pythons_names(value: object) -> Any:
    match value:
        case dict():
            named = cast("Mapping[str, object]", value)
            return {to_snake(name): by_pythons_names(each) for name, each in named.items()}
        case list():
            return [by_pythons_names(each) for each in cast("list[object]", value)]
        case _:
            return value


@every_caller
def test_enrol_earn_climb_redeem_release_refund_merge_expire_and_be_forgotten(  # noqa: PLR0915 - one life, told to its end
    caller: Any,
) -> None:
    with Sandbox(seed="life") as sandbox, caller(sandbox) as (calls, tell):
        shop = Shop(calls, tell)
        program = shop.answer(
            "loyalty.programs.create",
            name="Stars",
            currency={"name": "Star", "point_value": 2},
            tier_config={
                "qualify_on": "points",
                "tiers": [
                    {"name": "Silver", "rank": 1, "threshold": 100},
                    {"name": "Gold", "rank": 2, "threshold": 500},
                ],
            },
        )["id"]
        shop.answer("loyalty.programs.update", id=program, expiry_months=12)
        shop.answer(
            "loyalty.earning_rules.create",
            program=program,
            trigger="payment.completed",
            award={"type": "per_amount", "per": 100, "points": 2},
        )

        customer = shop.answer("customers.create", email="ada@lovelace.test", name="Ada")["id"]
        member = shop.answer("loyalty.accounts.create", program=program, customer=customer)["id"]
        assert shop.standing(member) == (0, None)

        pay = {"customer": customer, "program": program}
        earned = shop.happens("payment_completed", amount="60.00", payment="pay_1", **pay)
        assert earned is not None
        assert (earned["type"], earned["amount"]) == ("earn", 120)
        assert shop.standing(member) == (120, "silver")

        reward = shop.answer(
            "loyalty.rewards.create",
            program=program,
            name="Five euros",
            type="discount_amount",
            cost=50,
            value={"amount": 500, "currency": "EUR"},
        )["id"]
        assert shop.answer("rewards.retrieve", id=reward)["points_cost"] == 50
        once = {"account": member, "reward": reward, "idempotency_key": "basket-1"}
        redeemed = shop.answer("loyalty.redemptions.create", **once)
        assert shop.answer("loyalty.redemptions.create", **once) == redeemed
        assert (redeemed["status"], redeemed["points"]) == ("pending", 50)
        assert (redeemed["discount"]["amount"], redeemed["discount"]["currency"]) == (500, "EUR")
        assert redeemed["discount"]["code"]
        assert shop.standing(member) == (70, "silver")

        released = shop.answer("loyalty.redemptions.release", id=redeemed["id"])
        assert released["status"] == "released"
        assert shop.standing(member) == (120, "silver")
        again = shop.refusal("loyalty.redemptions.release", id=redeemed["id"])
        assert again == (422, "redemption_released")

        bought = shop.answer(
            "redemptions.create",
            customer=customer,
            redeemable_id=reward,
            redeemable_type="reward",
        )
        assert (bought["redeemable_id"], bought["amount_off"]) == (reward, 500)
        shop.happens("payment_completed", amount="200.00", payment="pay_2", **pay)
        applied = shop.answer("loyalty.redemptions.retrieve", id=bought["id"])
        assert (applied["status"], applied["account"]) == ("applied", member)
        late = shop.refusal("loyalty.redemptions.release", id=bought["id"])
        assert late == (422, "redemption_applied")
        assert shop.standing(member) == (470, "gold")

        refunded = shop.happens("payment_refunded", payment="pay_1")
        assert refunded is not None
        assert (refunded["type"], refunded["amount"]) == ("reverse", -120)
        assert shop.standing(member) == (350, "gold")
        dear = shop.answer(
            "loyalty.rewards.create", program=program, name="A car", type="partner", cost=9000
        )["id"]
        too_dear = shop.refusal("loyalty.redemptions.create", account=member, reward=dear)
        assert too_dear == (422, "insufficient_points")

        twin = shop.answer("loyalty.accounts.create", program=program, customer="cust_twin")["id"]
        shop.answer("loyalty.transactions.create", account=twin, amount=30, reason="goodwill")
        credit = {"amount": 250, "currency": "EUR"}
        shop.answer("loyalty.credit.issue", account=twin, **credit)
        shop.answer("loyalty.accounts.merge", source=twin, target=member)
        wallet = shop.answer("loyalty.credit.issue", account=member, **credit)
        assert (wallet["type"], wallet["wallet_balance"]) == ("credit", 500)
        assert shop.listed("store_credit.list", customer=customer)[0]["balance_remaining"] == 250
        assert shop.standing(member) == (380, "gold")

        summary = shop.answer("loyalty.analytics.summary", program=program)
        figures = ("enrollment", "active_members", "points_liability", "redemption_rate")
        # 50 of 120 + 400 + 30 points were redeemed and kept; each of 380 is worth 2
        assert [summary[name] for name in figures] == [1, 1, 760, 0.0909]

        shop.passes(days=367)
        assert shop.standing(member) == (0, "gold")
        expired = shop.listed("loyalty.transactions.list", account=member, type="expire")
        assert sum(each["amount"] for each in expired) == -380

        gone = shop.answer("customers.delete", id=customer)
        assert gone["deleted"] is True
        assert shop.refusal("customers.retrieve", id=customer) == (404, "resource_missing")
        kept = shop.answer("loyalty.accounts.retrieve", id=member)
        assert (kept["customer"], kept["lifetime_points"]) == (None, 550)
        ledger = shop.listed("loyalty.transactions.list", account=member, limit=100)
        assert sum(each["amount"] for each in ledger) == 0
        assert [each["amount"] for each in ledger][::-1][:3] == [120, -50, 50]
        back = shop.refusal("loyalty.accounts.create", program=program, customer=customer)
        assert back == (404, "resource_missing")
        assert shop.findings() == []

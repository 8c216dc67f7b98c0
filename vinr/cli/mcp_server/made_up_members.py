"""The members in the server's own sandbox: a month of history, and something to mend."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from ...sandbox import Sandbox

_DAYS: Final = 30
PEOPLE: Final = """\
cust_anna (anna@example.test) bought, sent something back, and redeemed points;
cust_ben (ben@example.test) bought once, and got points for a complaint;
cust_clara and cust_clara_card are one person with two accounts (both clara@example.test);
cust_dora (dora@example.test) has a closed account."""


def make_up(sandbox: Sandbox) -> None:
    """Fill a new sandbox with a month that ends now."""
    # its clock moves forward only, so it begins a month ago
    sandbox.clock.offset = -timedelta(days=_DAYS).total_seconds()
    for customer in ("cust_anna", "cust_ben", "cust_clara", "cust_dora"):
        sandbox.add_customer(customer, email=f"{customer.removeprefix('cust_')}@example.test")
    sandbox.add_customer("cust_clara_card", email="clara@example.test")
    with sandbox.client() as client:
        anna, ben, _, card, dora = (
            client.loyalty.accounts.create(program="prog_default", customer=customer).id
            for customer in ("cust_anna", "cust_ben", "cust_clara", "cust_clara_card", "cust_dora")
        )
        pay, post = sandbox.simulate.payment_completed, client.loyalty.transactions.create
        pay(customer="cust_anna", amount="820.00", payment="pay_1")
        pay(customer="cust_clara", amount="410.00", payment="pay_2")
        post(account=dora, amount=75, reason="welcome")
        client.loyalty.accounts.close(dora)
        sandbox.clock.advance(days=10)
        pay(customer="cust_anna", amount="260.00", payment="pay_3")
        pay(customer="cust_ben", amount="95.50", payment="pay_4")
        pay(customer="cust_clara_card", amount="130.00", payment="pay_5")
        sandbox.clock.advance(days=12)
        sandbox.simulate.payment_refunded(payment="pay_1", amount="300.00", refund="re_1")
        sandbox.simulate.redemption(account=anna, points=200, reason="voucher")
        post(account=ben, amount=50, reason="complaint, ticket 4790")
        post(account=card, amount=20, reason="birthday")
        sandbox.clock.advance(days=8)

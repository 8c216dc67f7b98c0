"""What a notebook shows of members and pages: a table, everything escaped, nothing private."""

from __future__ import annotations

import re

from vinr import AsyncVinr, Vinr
from vinr.loyalty import Account
from vinr.sandbox import Sandbox


def cells(html: str, tag: str = "td") -> list[str]:
    return re.findall(f"<{tag}>(.*?)</{tag}>", html)


def test_a_member_in_both_dialects(vinr_sandbox: Sandbox, vinr_client: Vinr) -> None:
    made = vinr_client.loyalty.accounts.create(
        program="prog_default", customer="cust_1", metadata={"note": "a secret"}
    )
    member = vinr_client.loyalty.accounts.retrieve(made.id, expand=["customer", "tier"])
    of_the_reference = vinr_client.loyalty_accounts.retrieve(made.id, expand=["customer"])

    html = member._repr_html_()  # pyright: ignore[reportPrivateUsage]  # as a notebook does
    names = dict(zip(cells(html, "th"), cells(html), strict=True))
    assert names == {
        "id": made.id,
        "program": "prog_default",
        "customer": "cust_1",
        "status": "active",
        "balance": "0",
        "lifetime_points": "0",
        "tier": member.tier.id if member.tier else "",
    }
    shown = cells(of_the_reference._repr_html_())  # pyright: ignore[reportPrivateUsage]
    assert shown[:3] == [of_the_reference.id, "cust_1", "0"]
    assert "@" not in html + "".join(shown)


def test_everything_is_escaped() -> None:
    wire = {"id": "<script>&", "program": "p", "status": "<b>", "balance": 1, "lifetime_points": 1}
    member = Account.model_validate(wire)
    html = member._repr_html_()  # pyright: ignore[reportPrivateUsage]
    assert cells(html)[:4] == ["&lt;script&gt;&amp;", "p", "", "&lt;b&gt;"]


async def test_pages(vinr_client: Vinr, vinr_sandbox: Sandbox, anyio_backend_name: str) -> None:
    client: AsyncVinr = vinr_sandbox.async_client()
    nothing = await client.loyalty.accounts.list()
    assert nothing._repr_html_() == "<p>no items</p>"  # pyright: ignore[reportPrivateUsage]
    for number in range(3):
        vinr_client.loyalty.accounts.create(program="prog_default", customer=f"cust_{number}")
    page = vinr_client.loyalty.accounts.list(limit=2)
    html = page._repr_html_()  # pyright: ignore[reportPrivateUsage]
    assert [id for id in cells(html) if id.startswith("loy_")] == [each.id for each in page.data]
    events = await client.events.list(limit=2)
    assert cells(events._repr_html_())[1] == events[0].type  # pyright: ignore[reportPrivateUsage]

"""A sandbox with members and entries of every shape that a file has to take."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from vinr import Vinr
from vinr.sandbox import Program, Sandbox

PROGRAM: Final = "prog_crowd"
OTHER_PROGRAM: Final = "prog_other"
MEMBERS: Final = 230
MANY: Final = 2**62 + 1
"""More than a float can tell apart."""
ODD_TEXTS: Final = (
    '=HYPERLINK("http://evil.test")',
    "+1",
    "-2",
    "@SUM(A1)",
    "\tx",
    "a,\n\"b'",
    "ü€",
)


def sandbox() -> Sandbox:
    """Time stands still in it."""
    programs = [Program(id=PROGRAM, name="Crowd"), Program(id=OTHER_PROGRAM, name="Other")]
    return Sandbox(start=datetime(2026, 5, 1, tzinfo=UTC), seed=3, programs=programs)


def fill(sandbox: Sandbox, members: int = MEMBERS) -> None:
    """Enrols them; the first ones have odd texts, one has many points, one many entries."""
    with sandbox.client() as client:
        for number in range(members):
            text = ODD_TEXTS[number % len(ODD_TEXTS)]
            member = client.loyalty.accounts.create(
                program=PROGRAM, customer=f"cust_{number}", metadata={"note": text}
            )
            _post(client, member.id, number, text)
        client.loyalty.accounts.create(program=PROGRAM)  # anonymous
        other = client.loyalty.accounts.create(program=OTHER_PROGRAM, customer="cust_0")
        client.loyalty.transactions.create(account=other.id, amount=5)


def _post(client: Vinr, account: str, number: int, text: str) -> None:
    amounts = [MANY, -1] if number == 0 else [7, -5]
    if number == 1:
        amounts = [3] * 250
    for amount in amounts:
        client.loyalty.transactions.create(
            account=account, amount=amount, reason=text, metadata={"note": text}
        )

"""What the tools take: types with the descriptions that a model reads."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

MemberArgument: TypeAlias = Annotated[
    str,
    Field(
        min_length=1,
        max_length=320,
        description="An account's id (loy_…), a customer's id (cust_…), or a customer's e-mail"
        " address.",
    ),
]
ProgramArgument: TypeAlias = Annotated[
    str | None,
    Field(description="The program's id (prog_…), where the customer has accounts in several."),
]
PointsArgument: TypeAlias = Annotated[
    int, Field(strict=True, description="Whole points: above zero grants, below zero takes.")
]
ReasonArgument: TypeAlias = Annotated[
    str,
    Field(
        min_length=3,
        max_length=200,
        description="Why, with the ticket or invoice behind it; kept in the ledger for good.",
    ),
]
SinceArgument: TypeAlias = Annotated[
    str, Field(description="The time from which on: 2026-06-30, or 2026-06-30T14:00Z.")
]
UntilArgument: TypeAlias = Annotated[
    str | None,
    Field(description="The time before which; a day alone counts whole. Default: now."),
]
TimezoneArgument: TypeAlias = Annotated[
    str, Field(description="Where days begin, such as Europe/Berlin.")
]
TokenArgument: TypeAlias = Annotated[
    str, Field(min_length=1, max_length=255, description="The token of the proposal, as it is.")
]

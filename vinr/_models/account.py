"""A member, as the guide shows it: ``loy_…``."""

from __future__ import annotations

from typing import Annotated, Generic, Literal, TypeAlias

from pydantic import Field
from typing_extensions import TypeVar

from .html_table import html_table
from .lenient import AnyText, FirstFit, LinkedId, Metadata, absent
from .linked import Customer, Tier, id_of
from .model import Model, ObjectId, Points

AccountStatus: TypeAlias = Literal["active", "closed", "merged"] | str
"""Open: VINR may add others."""

CustomerT = TypeVar(
    "CustomerT", bound=str | Customer | None, default=str | Customer | None, covariant=True
)
TierT = TypeVar("TierT", bound=str | Tier | None, default=str | Tier | None, covariant=True)


class Account(Model, Generic[CustomerT, TierT]):
    """A member: the link between a customer and a program, with balance and tier.

    Attributes:
        id: ``loy_…``.
        program: The program's id, ``prog_…``.
        customer: The customer's id, or the Customer where ``expand=`` asked for it; None for an
            anonymous member.
        status: ``active``, ``closed`` or ``merged``; VINR may add others.
        balance: Points that can be spent now; derived from the ledger, never below zero.
        lifetime_points: Points ever earned; they only ever increase, and decide on the tier.
        tier: The tier's key, such as ``gold``, or the Tier where ``expand=`` asked for it; None
            for a member without one.
        metadata: Your own texts by name, at most 50.

    A type checker knows what ``expand=`` brings. ``customer_id`` and ``tier_id`` are texts in
    both cases.

    Source: VINR's guide.
    """

    id: ObjectId
    """``loy_…``."""
    program: LinkedId
    """The program's id, ``prog_…``."""
    customer: Annotated[CustomerT, FirstFit] = Field(default_factory=absent)
    """The customer's id, or the Customer where ``expand=`` asked for it; None for an anonymous
    member."""
    status: Annotated[AccountStatus, AnyText]
    """``active``, ``closed`` or ``merged``; VINR may add others."""
    balance: Points
    """Points that can be spent now; derived from the ledger, never below zero."""
    lifetime_points: Points
    """Points ever earned; they only ever increase, and decide on the tier."""
    tier: Annotated[TierT, FirstFit] = Field(default_factory=absent)
    """The tier's key, such as ``gold``, or the Tier where ``expand=`` asked for it; None for a
    member without one."""
    metadata: Metadata = Field(default_factory=dict)
    """Your own texts by name, at most 50."""

    @property
    def customer_id(self) -> str | None:
        """The customer's id; None for an anonymous member."""
        return id_of(self.customer)

    @property
    def tier_id(self) -> str | None:
        """The tier's key, such as ``gold``; None for a member without a tier."""
        tier: str | Tier | None = self.tier
        return (tier.key or tier.id) if isinstance(tier, Tier) else tier

    def _repr_html_(self) -> str:
        """A small table, in a notebook."""
        return html_table([self])


PlainAccount: TypeAlias = Account[str | None, str | None]
"""With the ids of customer and tier: what comes back without ``expand=``."""
AccountWithTier: TypeAlias = Account[str | None, Tier | None]
AccountWithCustomer: TypeAlias = Account[Customer | None, str | None]
AccountWithBoth: TypeAlias = Account[Customer | None, Tier | None]

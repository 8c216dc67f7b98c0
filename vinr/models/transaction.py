"""One entry of the ledger, as the guide shows it: ``ptx_…``."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from .model import AnyText, Model, ObjectId, Points

TransactionType: TypeAlias = Literal["earn", "redeem", "expire", "adjust", "reverse"] | str
"""Open: VINR may add others."""


class Origin(Model):
    """What caused an entry: a payment, a redemption or a manual adjustment.

    VINR says that every entry has one, not how it is named: our choice.
    """

    type: str
    id: str | None = None


class Transaction(Model):
    """A change of a balance; immutable, a correction is a new one (guide)."""

    id: ObjectId
    account: ObjectId
    type: Annotated[TransactionType, AnyText]
    amount: Points
    """Signed points: what the entry adds to the balance."""
    reason: str | None = None
    metadata: dict[str, str] = Field(default_factory=dict)
    origin: Origin | None = None

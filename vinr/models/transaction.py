"""One entry of the ledger, as the guide shows it: ``ptx_…``."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import AliasChoices, Field

from .lenient import AnyText, LinkedId, Metadata, OrNone, TimeOrNone
from .model import Model, ObjectId, Points

TransactionType: TypeAlias = Literal["earn", "redeem", "expire", "adjust", "reverse"] | str
"""Open: VINR may add others."""


class Origin(Model):
    """What caused an entry: a payment, a redemption or a manual adjustment.

    VINR says that every entry has one, not how it is named: our choice.
    """

    type: str
    id: Annotated[str | None, OrNone] = None


class Transaction(Model):
    """A change of a balance; immutable, a correction is a new one (guide)."""

    id: ObjectId
    account: LinkedId
    type: Annotated[TransactionType, AnyText]
    amount: Points
    """Signed points: what the entry adds to the balance."""
    reason: Annotated[str | None, OrNone] = None
    metadata: Metadata = Field(default_factory=dict)
    origin: Annotated[Origin | None, OrNone] = None
    created_at: Annotated[
        TimeOrNone, Field(validation_alias=AliasChoices("created_at", "created"))
    ] = None
    """When the entry was written, UTC; None where the answer does not say (our choice)."""

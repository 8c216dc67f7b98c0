"""One entry of the ledger, as the guide shows it: ``ptx_…``."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import AliasChoices, Field

from .lenient import AnyText, LinkedId, Metadata, OrNone, TimeOrNone
from .model import Model, ObjectId, Points

TransactionType: TypeAlias = Literal["earn", "redeem", "expire", "adjust", "reverse"] | str
"""Open: VINR may add others."""


class Origin(Model):
    """What caused an entry.

    Attributes:
        type: Such as ``payment``, ``redemption`` or ``manual``.
        id: The id of that thing, where it has one.

    Source: our choice; VINR's guide says that every entry has one, not how it is named.
    """

    type: str
    """Such as ``payment``, ``redemption`` or ``manual``."""
    id: Annotated[str | None, OrNone] = None
    """The id of that thing, where it has one."""


class Transaction(Model):
    """An entry of the ledger: a change of a balance. Immutable; a correction is a new entry.

    Attributes:
        id: ``ptx_…``.
        account: The member's id, ``loy_…``.
        type: ``earn``, ``redeem``, ``expire``, ``adjust`` or ``reverse``; VINR may add others.
        amount: Signed points: what the entry adds to the balance.
        reason: Why it was posted, in your words.
        metadata: Your own texts by name, at most 50.
        origin: What caused it, where the answer says so.
        created_at: When the entry was written, UTC; None where the answer does not say.

    Source: VINR's guide; ``origin`` and ``created_at`` are our choice.
    """

    id: ObjectId
    """``ptx_…``."""
    account: LinkedId
    """The member's id, ``loy_…``."""
    type: Annotated[TransactionType, AnyText]
    """``earn``, ``redeem``, ``expire``, ``adjust`` or ``reverse``; VINR may add others."""
    amount: Points
    """Signed points: what the entry adds to the balance."""
    reason: Annotated[str | None, OrNone] = None
    """Why it was posted, in your words."""
    metadata: Metadata = Field(default_factory=dict)
    """Your own texts by name, at most 50."""
    origin: Annotated[Origin | None, OrNone] = None
    """What caused it, where the answer says so."""
    created_at: Annotated[
        TimeOrNone, Field(validation_alias=AliasChoices("created_at", "created"))
    ] = None
    """When the entry was written, UTC; None where the answer does not say."""

"""Customers and tiers: objects of their own, and what an account is linked to."""

from __future__ import annotations

from typing import Annotated, cast

from pydantic import Field, model_validator

from .lenient import LinkedId, Metadata, OrNone, TimeOrNone
from .model import Model, ObjectId, OpenValue, Points


class Customer(Model):
    """A customer, as ``client.customers`` has it, or behind a member by ``expand=["customer"]``.

    Attributes:
        id: ``cust_…``.
        email: The e-mail address, where the customer has one.
        name: The customer's name.
        phone: The telephone number.
        default_payment_method: The id of what the customer pays with.
        metadata: Your own texts by name, at most 50.
        created: When the customer was made, UTC, where VINR says so.

    Every field but ``id`` is None, or empty, where the answer does not have it: behind a member
    VINR documents ``id`` and ``email`` alone.

    Source: VINR's reference; ``created`` is inferred.
    """

    id: ObjectId
    """``cust_…``."""
    email: Annotated[str | None, OrNone] = None
    """The e-mail address, where the customer has one."""
    name: Annotated[str | None, OrNone] = None
    """The customer's name."""
    phone: Annotated[str | None, OrNone] = None
    """The telephone number."""
    default_payment_method: Annotated[LinkedId | None, OrNone] = None
    """The id of what the customer pays with."""
    metadata: Metadata = Field(default_factory=dict)
    """Your own texts by name, at most 50."""
    created: TimeOrNone = None
    """When the customer was made, UTC, where VINR says so."""


class Tier(Model):
    """A tier of a program, as ``client.tiers`` has it, or behind a member by ``expand=["tier"]``.

    Attributes:
        id: ``tier_…``, or the key where only that came.
        name: The name that members see; None where it did not come.
        min_points: Lifetime points from which a member belongs to the tier; None where they did
            not come.
        benefits: What members of the tier have, as you listed it; None where it did not come.
        program: The program's id, ``prog_…``, where VINR says so.
        created: When it was made, UTC, where VINR says so.

    Source: VINR's reference; ``program`` and ``created`` are inferred.
    """

    id: ObjectId
    """``tier_…``, or the key where only that came."""
    name: Annotated[str | None, OrNone] = None
    """The name that members see; None where it did not come."""
    min_points: Annotated[Points | None, OrNone] = None
    """Lifetime points from which a member belongs to the tier; None where they did not come."""
    benefits: Annotated[list[OpenValue] | None, OrNone] = None
    """What members of the tier have, as you listed it; None where it did not come."""
    program: Annotated[LinkedId | None, OrNone] = None
    """The program's id, ``prog_…``, where VINR says so."""
    created: TimeOrNone = None
    """When it was made, UTC, where VINR says so."""

    @model_validator(mode="before")
    @classmethod
    def _key_for_id(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        tier = cast("dict[str, object]", value)
        return tier if tier.get("id") or "key" not in tier else {**tier, "id": tier["key"]}

    @property
    def key(self) -> str | None:
        """What the guide's dialect calls the tier by, such as ``gold``; None where none came."""
        key = (self.__pydantic_extra__ or {}).get("key")
        return key if isinstance(key, str) and key else None


def id_of(link: str | Customer | Tier | None) -> str | None:
    """The id of an expandable field, whether it came expanded or not."""
    return link if isinstance(link, str) or link is None else link.id

"""The objects that an account is linked to: its customer and its tier."""

from __future__ import annotations

from typing import Annotated, cast

from pydantic import model_validator

from .lenient import OrNone
from .model import Model, ObjectId, Points


class Customer(Model):
    """The customer behind a member, as ``expand=["customer"]`` brings it.

    Attributes:
        id: ``cust_…``.
        email: The e-mail address, where the customer has one.

    Source: VINR's reference.
    """

    id: ObjectId
    email: Annotated[str | None, OrNone] = None


class Tier(Model):
    """A tier of a program, as ``expand=["tier"]`` brings it.

    Attributes:
        id: ``tier_…``, or the key where only that came.
        name: The name that members see; None where it did not come.
        min_points: Lifetime points from which a member belongs to the tier; None where they did
            not come.

    Source: VINR's reference.
    """

    id: ObjectId
    name: Annotated[str | None, OrNone] = None
    min_points: Annotated[Points | None, OrNone] = None

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

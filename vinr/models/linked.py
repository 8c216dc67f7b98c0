"""The objects that an account is linked to: its customer and its tier."""

from __future__ import annotations

from .model import Model, ObjectId, Points


class Customer(Model):
    """The customer behind an account, as ``expand=["customer"]`` brings it (reference)."""

    id: ObjectId
    email: str | None = None


class Tier(Model):
    """A tier of a program, as ``expand=["tier"]`` brings it (reference)."""

    id: ObjectId
    name: str
    min_points: Points
    """Lifetime points from which an account belongs to this tier."""


def id_of(link: str | Customer | Tier | None) -> str | None:
    """The id of an expandable field, whether it came expanded or not."""
    return link if isinstance(link, str) or link is None else link.id

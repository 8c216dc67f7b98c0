"""What is left of an object that was deleted."""

from __future__ import annotations

from .model import Model, ObjectId


class Deleted(Model):
    """The answer to a deletion.

    Attributes:
        id: Of the object that is gone.
        deleted: True.

    Source: our choice; VINR documents deleting, and no answer to it.
    """

    id: ObjectId
    """Of the object that is gone."""
    deleted: bool = True
    """True."""

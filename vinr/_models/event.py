"""Something that happened, as a webhook brings it."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, ValidationError
from pydantic_core import to_json
from typing_extensions import TypeVar

from ..errors import VinrError
from .account import Account
from .lenient import AnyText, UnixTime, absent
from .loyalty_account import LoyaltyAccount
from .model import Model, ObjectId, OpenValue
from .points_transaction import PointsTransaction
from .transaction import Transaction

EventType: TypeAlias = (
    Literal[
        "loyalty.account.created",
        "loyalty.account.merged",
        "loyalty.points.earned",
        "loyalty.reward.redeemed",
        "loyalty_account.created",
        "loyalty_account.updated",
        "points_transaction.created",
    ]
    | str
)
"""Open: VINR may add others."""


ObjectT = TypeVar("ObjectT", bound=Model)


class EventData(Model):
    """What an event is about.

    Attributes:
        object: The object as it was at that moment, in the dialect of the event's type.
    """

    object: dict[str, OpenValue]


class Event(Model):
    """Something that happened.

    Attributes:
        id: ``evt_…``; a delivery that is repeated has the same one.
        type: Such as ``loyalty.points.earned``; VINR may add others.
        data: ``data.object`` is what it is about; ``account`` and ``transaction`` read it.
        created: When it happened, UTC, in whole seconds.

    Source: VINR's guide and reference.
    """

    id: ObjectId
    type: Annotated[EventType, AnyText]
    data: EventData
    created: UnixTime = Field(default_factory=absent)

    @property
    def account(self) -> Account | LoyaltyAccount | None:
        """The member that the event is about, as it was then; None for events about other things.

        In the dialect of the event: an ``Account`` of the guide's, a ``LoyaltyAccount`` of the
        reference's. What came late or out of order is old: read the account again before acting.
        VinrError where the member in it cannot be read.
        """
        if "points_balance" in self.data.object:
            return _read(self, LoyaltyAccount)
        return _read(self, Account) if "lifetime_points" in self.data.object else None

    @property
    def transaction(self) -> Transaction | PointsTransaction | None:
        """The ledger's entry that the event is about; None for events about other things.

        In the dialect of the event: a ``Transaction`` of the guide's, a ``PointsTransaction`` of
        the reference's. VinrError where the entry in it cannot be read.
        """
        if "points_after" in self.data.object:
            return _read(self, PointsTransaction)
        is_entry = {"account", "amount"} <= self.data.object.keys()
        return _read(self, Transaction) if is_entry else None


def _read(event: Event, model: type[ObjectT]) -> ObjectT:
    try:
        return model.model_validate_json(to_json(event.data.object))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise VinrError(
            f"event {event.id} of type {event.type!r} has an object that cannot be read:"
            f" {where}: {first['msg']}"
        ) from None

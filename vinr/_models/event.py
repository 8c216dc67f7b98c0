"""Something that happened, as a webhook or ``client.events`` brings it, by its type."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, Self, TypeAlias, cast

from pydantic import Field, ModelWrapValidatorHandler, ValidationError, model_validator
from pydantic_core import to_json
from typing_extensions import TypeVar

from ..errors import VinrError
from .account import Account
from .lenient import AnyText, UnixTime, absent
from .linked import Customer
from .loyalty_account import LoyaltyAccount
from .model import Model, ObjectId, OpenValue
from .points_transaction import PointsTransaction
from .transaction import Transaction

EventType: TypeAlias = (
    Literal[
        "customer.created",
        "customer.deleted",
        "customer.updated",
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
    """The object as it was at that moment, in the dialect of the event's type."""


class Event(Model):
    """Something that happened: of a class of its own where the type is known, else of this one.

    Tell them apart by ``match event:`` with ``case PointsEarned():`` and so on, the classes of
    ``vinr.events``. The type is an open text, so comparing it tells a type checker less.

    Attributes:
        id: ``evt_…``; a delivery that is repeated has the same one.
        type: Such as ``loyalty.points.earned``; VINR may add others.
        data: ``data.object`` is what it is about; ``account`` and ``transaction`` read it.
        created: When it happened, UTC, in whole seconds.

    Source: VINR's guide and reference.
    """

    id: ObjectId
    """``evt_…``; a delivery that is repeated has the same one."""
    type: Annotated[EventType, AnyText]
    """Such as ``loyalty.points.earned``; VINR may add others."""
    data: EventData
    """``data.object`` is what it is about; ``account`` and ``transaction`` read it."""
    created: UnixTime = Field(default_factory=absent)
    """When it happened, UTC, in whole seconds."""

    def __new__(cls, **fields: Any) -> Self:
        """An event made by hand has the class of its type, too."""
        return super().__new__(cast("type[Self]", _class_of(cls, fields)))

    @model_validator(mode="wrap")
    @classmethod
    def _of_its_type(cls, value: object, handler: ModelWrapValidatorHandler[Self]) -> Self:
        kind = _class_of(cls, value)
        return handler(value) if kind is cls else cast("Self", kind.model_validate(value))

    @property
    def account(self) -> Account | LoyaltyAccount | None:
        """The member that the event is about, as it was then; None for events about other things.

        In the dialect of the event: an ``Account`` of the guide's, a ``LoyaltyAccount`` of the
        reference's. What came late or out of order is old: read the account again before acting.

        Raises:
            VinrError: What is in the event cannot be read as one.
        """
        if "points_balance" in self.data.object:
            return _read(self, LoyaltyAccount)
        return _read(self, Account) if "lifetime_points" in self.data.object else None

    @property
    def transaction(self) -> Transaction | PointsTransaction | None:
        """The ledger's entry that the event is about; None for events about other things.

        In the dialect of the event: a ``Transaction`` of the guide's, a ``PointsTransaction`` of
        the reference's.

        Raises:
            VinrError: What is in the event cannot be read as one.
        """
        if "points_after" in self.data.object:
            return _read(self, PointsTransaction)
        is_entry = {"account", "amount"} <= self.data.object.keys()
        return _read(self, Transaction) if is_entry else None

    @property
    def member_id(self) -> str | None:
        """The id of the member that the event is about; None for events about other things.

        ``loy_…`` in the guide's dialect, ``la_…`` in the reference's.

        Raises:
            VinrError: What is in the event cannot be read as one.
        """
        if self.account is not None:
            return self.account.id
        entry = self.transaction
        if isinstance(entry, PointsTransaction):
            return entry.loyalty_account_id
        return None if entry is None else entry.account

    @property
    def is_of_reference(self) -> bool:
        """Whether it is about a member, in the reference's dialect."""
        return isinstance(self.account, LoyaltyAccount) or isinstance(
            self.transaction, PointsTransaction
        )


class AccountCreated(Event):
    """``loyalty.account.created``: somebody enrolled."""

    @property
    def account(self) -> Account:
        """The new member.

        Raises:
            VinrError: What is in the event cannot be read as one.
        """
        return _read(self, Account)


class AccountMerged(Event):
    """``loyalty.account.merged``: two members became one."""

    @property
    def account(self) -> Account:
        """The survivor.

        Raises:
            VinrError: What is in the event cannot be read as one.
        """
        return _read(self, Account)


class PointsEarned(Event):
    """``loyalty.points.earned``: somebody earned points."""

    @property
    def transaction(self) -> Transaction:
        """The ledger's entry.

        Raises:
            VinrError: What is in the event cannot be read as one.
        """
        return _read(self, Transaction)


class RewardRedeemed(Event):
    """``loyalty.reward.redeemed``: somebody redeemed a reward.

    VINR does not document what is in it; the sandbox sends the ledger's entry.
    """


class LoyaltyAccountCreated(Event):
    """``loyalty_account.created``: somebody enrolled, in the reference's dialect."""

    @property
    def account(self) -> LoyaltyAccount:
        """The new member.

        Raises:
            VinrError: What is in the event cannot be read as one.
        """
        return _read(self, LoyaltyAccount)


class LoyaltyAccountUpdated(Event):
    """``loyalty_account.updated``: a member changed, in the reference's dialect."""

    @property
    def account(self) -> LoyaltyAccount:
        """The member as it was then.

        Raises:
            VinrError: What is in the event cannot be read as one.
        """
        return _read(self, LoyaltyAccount)


class PointsTransactionCreated(Event):
    """``points_transaction.created``: a balance changed, in the reference's dialect."""

    @property
    def transaction(self) -> PointsTransaction:
        """The ledger's entry.

        Raises:
            VinrError: What is in the event cannot be read as one.
        """
        return _read(self, PointsTransaction)


class _AboutCustomer(Event):
    @property
    def customer(self) -> Customer:
        """The customer as it was then.

        Raises:
            VinrError: What is in the event cannot be read as one.
        """
        return _read(self, Customer)


class CustomerCreated(_AboutCustomer):
    """``customer.created``: there is a new customer."""


class CustomerUpdated(_AboutCustomer):
    """``customer.updated``: what is known of a customer changed."""


class CustomerDeleted(_AboutCustomer):
    """``customer.deleted``: a customer is gone, and the members are unlinked."""


_BY_TYPE: Final[dict[object, type[Event]]] = {
    "customer.created": CustomerCreated,
    "customer.deleted": CustomerDeleted,
    "customer.updated": CustomerUpdated,
    "loyalty.account.created": AccountCreated,
    "loyalty.account.merged": AccountMerged,
    "loyalty.points.earned": PointsEarned,
    "loyalty.reward.redeemed": RewardRedeemed,
    "loyalty_account.created": LoyaltyAccountCreated,
    "loyalty_account.updated": LoyaltyAccountUpdated,
    "points_transaction.created": PointsTransactionCreated,
}


def _class_of(cls: type[Event], value: object) -> type[Event]:
    """Of the event with these fields; a class that is asked for by name stays."""
    if cls is not Event or not isinstance(value, dict):
        return cls
    type = cast("dict[str, object]", value).get("type")
    return _BY_TYPE.get(type, Event) if isinstance(type, str) else Event


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

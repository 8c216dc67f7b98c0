"""One entry of the ledger, as the reference shows it: ``pt_…``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, Generic, Literal, TypeAlias, cast

from pydantic import Field
from typing_extensions import TypeVar

from ..errors import VinrError
from .lenient import AnyText, OrNone, UnixTime, absent
from .model import Model, ObjectId, Points

PointsTransactionType: TypeAlias = Literal["credit", "debit"] | str
"""Open: VINR may add others."""


class AccountBalance(Model):
    """The member behind an entry, as ``expand=["loyalty_account"]`` brings it.

    Attributes:
        id: ``la_…``.
        points_balance: Points now; None where they did not come.

    Source: VINR's reference.
    """

    id: ObjectId
    """``la_…``."""
    points_balance: Annotated[Points | None, OrNone] = None
    """Points now; None where they did not come."""


AccountT = TypeVar(
    "AccountT", bound=str | AccountBalance, default=str | AccountBalance, covariant=True
)


if TYPE_CHECKING:
    from .._sync.points_transactions import PointsTransactions

    _transactions = cast(PointsTransactions, None)

    class _Calls:
        """The calls on the class; vinr._module_level, which knows the client, puts them there."""

        create: Final = _transactions.create
        """As ``client.points_transactions.create``."""
        retrieve: Final = _transactions.retrieve
        """As ``client.points_transactions.retrieve``."""
        list: Final = _transactions.list
        """As ``client.points_transactions.list``."""

    class _ModelWithCalls(Model, _Calls):
        """What a type checker takes for the base."""
else:
    _ModelWithCalls = Model


class PointsTransaction(_ModelWithCalls, Generic[AccountT]):
    """An entry of the ledger: a change of a balance. Immutable; a correction is a new entry.

    Attributes:
        id: ``pt_…``.
        loyalty_account: The member's id, or an AccountBalance where ``expand=`` asked for it.
        amount: Points, never below zero: ``type`` gives the direction.
        type: ``credit`` or ``debit``; VINR may add others.
        points_after: The balance behind this entry.
        reason: Why it was posted, in your words.
        created: When the entry was written, UTC.

    The calls stand on the class too: ``create``, ``retrieve`` and ``list``, on the client of
    ``vinr.default_client``, else one of ``vinr.secret_key`` or the environment.

    Source: VINR's reference.
    """

    id: ObjectId
    """``pt_…``."""
    loyalty_account: AccountT
    """The member's id, or an AccountBalance where ``expand=`` asked for it."""
    amount: Annotated[Points, Field(ge=0)]
    """Points, never below zero: ``type`` gives the direction."""
    type: Annotated[PointsTransactionType, AnyText]
    """``credit`` or ``debit``; VINR may add others."""
    points_after: Points
    """The balance behind this entry."""
    reason: Annotated[str | None, OrNone] = None
    """Why it was posted, in your words."""
    created: UnixTime = Field(default_factory=absent)
    """When the entry was written, UTC."""

    @property
    def loyalty_account_id(self) -> str:
        """The account's id, whether it came expanded or not."""
        account: str | AccountBalance = self.loyalty_account
        return account if isinstance(account, str) else account.id

    @property
    def signed_amount(self) -> int:
        """What the entry adds to the balance, in points.

        Raises:
            VinrError: A type that is not known here, so that its sign is unknown.
        """
        if self.type == "credit":
            return self.amount
        if self.type == "debit":
            return -self.amount
        raise VinrError(
            f"points transaction {self.id} is of type {self.type!r}, which this version of vinr"
            " does not know, so its sign is unknown; update vinr"
        )


PlainPointsTransaction: TypeAlias = PointsTransaction[str]
PointsTransactionWithAccount: TypeAlias = PointsTransaction[AccountBalance]

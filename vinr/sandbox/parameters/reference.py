"""The parameters of the reference's dialect.

The fields have the ledger's names, with the dialect's own as aliases, so that one handler serves
both dialects; what the dialect lacks is None for all requests.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field

from ..ledger.customers import CustomerFields
from ..ledger.membership import UNCHANGED, AccountUpdate
from ..programs import Identifier
from .base import (
    Limit,
    ListParameters,
    Metadata,
    Parameters,
    PointsInText,
    UnixSeconds,
    WithExpand,
)

DEFAULT_LIMIT: Final = 10

Direction = Literal["credit", "debit"]


class CreateAccount(WithExpand):
    """``loyalty_accounts.create``; without a programme it is the default one."""

    customer: Identifier
    program: Identifier | None = Field(None, alias="programme_id")
    metadata: Metadata = Field(default_factory=dict)


class UpdateAccount(WithExpand):
    """``loyalty_accounts.update``: ``tier`` is an id, such as ``tier_gold``, a key or a name."""

    tier: str | None = None

    def changes(self) -> AccountUpdate:
        """The fields that were given."""
        return AccountUpdate(tier=UNCHANGED if self.tier is None else self.tier)


class ListAccounts(ListParameters, WithExpand):
    """``loyalty_accounts.list``: filters by customer."""

    limit: Limit = DEFAULT_LIMIT
    customer: Identifier | None = None

    program: ClassVar[None] = None
    status: ClassVar[None] = None


class CreateTransaction(WithExpand):
    """``points_transactions.create``: a credit or a debit of ``amount`` points."""

    account: Identifier = Field(alias="loyalty_account")
    amount: PointsInText
    type: Direction
    reason: str | None = None

    metadata: ClassVar[dict[str, str]] = {}

    @property
    def signed_amount(self) -> int:
        """What the balance changes by."""
        return self.amount if self.type == "credit" else -self.amount


class ListTransactions(ListParameters, WithExpand):
    """``points_transactions.list``: filters by account and direction."""

    limit: Limit = DEFAULT_LIMIT
    account: Identifier | None = Field(None, alias="loyalty_account")
    type: Direction | None = None


_Text = Annotated[str, Field(min_length=1, max_length=320)]
_Email = Annotated[str, Field(min_length=3, max_length=320)]


class CustomerParameters(Parameters):
    """``customers.create`` and ``customers.update``; an empty metadata value removes its key."""

    email: _Email | None = None
    name: _Text | None = None
    phone: _Text | None = None
    default_payment_method: Identifier | None = None
    metadata: Metadata = Field(default_factory=dict)

    def fields(self) -> CustomerFields:
        """What was given."""
        return CustomerFields(**dict(self))


class ListCustomers(ListParameters):
    """``customers.list``: filters by the exact address."""

    limit: Limit = DEFAULT_LIMIT
    email: _Email | None = None


class CreatedRange(Parameters):
    """From ``gte`` on, before ``lt``: unix seconds."""

    gte: UnixSeconds | None = None
    lt: UnixSeconds | None = None


class ListEvents(ListParameters):
    """``events.list``: filters by type and by when things happened, ``created[gte]=…``."""

    limit: Limit = DEFAULT_LIMIT
    type: str | None = None
    created: CreatedRange = CreatedRange()

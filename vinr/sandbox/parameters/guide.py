"""The parameters of the guide's dialect."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from ..ledger.limits import MOST_POINTS
from ..ledger.membership import UNCHANGED, AccountUpdate
from ..ledger.rows import AccountStatus, TransactionType
from ..programs import Identifier
from .base import Limit, ListParameters, Metadata, MetadataChanges, WithExpand

DEFAULT_LIMIT: Final = 25


def _not_zero(amount: int) -> int:
    if amount == 0:
        raise PydanticCustomError("zero", "An entry of 0 points would change nothing")
    return amount


SignedPoints = Annotated[
    int,
    Field(ge=-MOST_POINTS, le=MOST_POINTS, json_schema_extra={"not": {"const": 0}}),
    AfterValidator(_not_zero),
]


class CreateAccount(WithExpand):
    """``accounts.create``; without a customer the member is anonymous."""

    program: Identifier
    customer: Identifier | None = None
    metadata: Metadata = Field(default_factory=dict)


class UpdateAccount(WithExpand):
    """``accounts.update``: ``tier`` is a key, such as ``gold``; null for the one that points earn.

    A tier's id or name is accepted too: our choice. ``customer`` null unlinks; ``metadata`` is
    merged, a null value removes its key.
    """

    tier: str | None = None
    customer: Identifier | None = None
    metadata: MetadataChanges = Field(default_factory=dict)

    def changes(self) -> AccountUpdate:
        """The fields that were given."""
        given = self.model_fields_set
        return AccountUpdate(
            tier=self.tier if "tier" in given else UNCHANGED,
            customer=self.customer if "customer" in given else UNCHANGED,
            metadata=self.metadata,
        )


class ListAccounts(ListParameters, WithExpand):
    """``accounts.list``: filters by program, customer and status."""

    limit: Limit = DEFAULT_LIMIT
    program: Identifier | None = None
    customer: Identifier | None = None
    status: AccountStatus | None = None


class MergeAccounts(WithExpand):
    """``accounts.merge``: everything of the source moves to the target."""

    source: Identifier
    target: Identifier


class CreateTransaction(WithExpand):
    """``transactions.create``: an adjustment of ``amount`` points; no other type can be posted."""

    account: Identifier
    amount: SignedPoints
    type: Literal["adjust"] = "adjust"
    reason: str | None = None
    metadata: Metadata = Field(default_factory=dict)

    @property
    def signed_amount(self) -> int:
        """What the balance changes by."""
        return self.amount


class ListTransactions(ListParameters, WithExpand):
    """``transactions.list``: filters by account and type."""

    limit: Limit = DEFAULT_LIMIT
    account: Identifier | None = None
    type: TransactionType | None = None

"""A member, as the reference shows it: ``la_…``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, Generic, TypeAlias, cast

from pydantic import Field
from typing_extensions import TypeVar

from .html_table import html_table
from .lenient import FirstFit, LinkedId, UnixTime, absent
from .linked import Customer, Tier, id_of
from .model import Model, ObjectId, Points

CustomerT = TypeVar(
    "CustomerT", bound=str | Customer | None, default=str | Customer | None, covariant=True
)
TierT = TypeVar("TierT", bound=str | Tier | None, default=str | Tier | None, covariant=True)


if TYPE_CHECKING:
    from .._sync.loyalty_accounts import LoyaltyAccounts

    _accounts = cast(LoyaltyAccounts, None)

    class _Calls:
        """The calls on the class; vinr._module_level, which knows the client, puts them there."""

        create: Final = _accounts.create
        """As ``client.loyalty_accounts.create``."""
        retrieve: Final = _accounts.retrieve
        """As ``client.loyalty_accounts.retrieve``."""
        modify: Final = _accounts.update
        """As ``client.loyalty_accounts.update``."""
        list: Final = _accounts.list
        """As ``client.loyalty_accounts.list``."""

    class _ModelWithCalls(Model, _Calls):
        """What a type checker takes for the base."""
else:
    _ModelWithCalls = Model


class LoyaltyAccount(_ModelWithCalls, Generic[CustomerT, TierT]):
    """A member: the link between a customer and a programme, with balance and tier.

    Attributes:
        id: ``la_…``.
        customer: The customer's id, or the Customer where ``expand=`` asked for it.
        points_balance: Points that can be spent now, never below zero.
        tier: The tier's id, such as ``tier_gold``, or the Tier where ``expand=`` asked for it.
        programme_id: The programme's id, ``prog_…``.
        created: When the member was enrolled, UTC.

    A type checker knows what ``expand=`` brings. ``customer_id`` and ``tier_id`` are texts in
    both cases.

    The calls stand on the class too: ``create``, ``retrieve``, ``modify`` and ``list``, on the
    client of ``vinr.default_client``, else one of ``vinr.secret_key`` or the environment.

    Source: VINR's reference.
    """

    id: ObjectId
    """``la_…``."""
    customer: Annotated[CustomerT, FirstFit] = Field(default_factory=absent)
    """The customer's id, or the Customer where ``expand=`` asked for it."""
    points_balance: Points
    """Points that can be spent now, never below zero."""
    tier: Annotated[TierT, FirstFit] = Field(default_factory=absent)
    """The tier's id, such as ``tier_gold``, or the Tier where ``expand=`` asked for it."""
    programme_id: LinkedId
    """The programme's id, ``prog_…``."""
    created: UnixTime = Field(default_factory=absent)
    """When the member was enrolled, UTC."""

    @property
    def customer_id(self) -> str | None:
        """The customer's id; None for an anonymous member."""
        return id_of(self.customer)

    @property
    def tier_id(self) -> str | None:
        """The tier's id; None for a member without a tier."""
        return id_of(self.tier)

    def _repr_html_(self) -> str:
        """A small table, in a notebook."""
        return html_table([self])


# The reference prints both fields in every account, so they are typed as present; that the
# guide's anonymous members come through here too is why None is let through all the same.
PlainLoyaltyAccount: TypeAlias = LoyaltyAccount[str, str]
LoyaltyAccountWithTier: TypeAlias = LoyaltyAccount[str, Tier]
LoyaltyAccountWithCustomer: TypeAlias = LoyaltyAccount[Customer, str]
LoyaltyAccountWithBoth: TypeAlias = LoyaltyAccount[Customer, Tier]

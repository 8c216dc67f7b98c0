"""The type of each operation's answer."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final, Literal

from pydantic import Field
from typing_extensions import TypeAliasType, TypedDict

from ..dialects.objects import (
    AccountObject,
    CustomerObject,
    GuidePage,
    LoyaltyAccountObject,
    PointsTransactionObject,
    ReferencePage,
    TransactionObject,
    UnixSeconds,
)
from ..faults.kinds import AnyFault
from ..invariants import Finding
from ..programs import Program
from ..webhooks.delivery import Delivery
from .resource_response_types import RESOURCE_RESPONSE_TYPES

AccountList = TypeAliasType("AccountList", GuidePage[AccountObject])
TransactionList = TypeAliasType("TransactionList", GuidePage[TransactionObject])
LoyaltyAccountList = TypeAliasType("LoyaltyAccountList", ReferencePage[LoyaltyAccountObject])
PointsTransactionList = TypeAliasType(
    "PointsTransactionList", ReferencePage[PointsTransactionObject]
)


class Health(TypedDict):
    """The sandbox is ready."""

    status: Literal["ok"]


class Findings(TypedDict):
    """The rules that the ledger breaks; none if it is sound."""

    findings: Sequence[Finding]


class ProgramList(TypedDict):
    """All programs."""

    data: Sequence[Program]


class SimulationResult(TypedDict):
    """The transaction that a simulation led to; null where nothing was posted."""

    transaction: TransactionObject | None


class PlannedFault(TypedDict):
    """A fault that no request has had yet."""

    operation: str
    fault: AnyFault
    description: str
    times: Annotated[int, Field(ge=1)]


class PlannedFaults(TypedDict):
    """The faults that no request has had yet, the next one first."""

    pending: Sequence[PlannedFault]


class ClockTime(TypedDict):
    """The time on the sandbox's clock."""

    now: UnixSeconds


class KeptSnapshot(TypedDict):
    """A snapshot that the sandbox keeps."""

    snapshot: str


class WebhookAddress(TypedDict):
    """A URL that events are sent to."""

    url: str
    events: Sequence[str] | None
    doubled: bool
    out_of_order: bool


class WebhookDeliveries(TypedDict):
    """Attempts to deliver events."""

    deliveries: Sequence[Delivery]


class WebhookList(WebhookDeliveries):
    """All endpoints, and every attempt to deliver so far."""

    endpoints: Sequence[WebhookAddress]


RESPONSE_TYPES: Final[Mapping[str, Any]] = {
    "accounts.create": AccountObject,
    "accounts.list": AccountList,
    "accounts.merge": AccountObject,
    "accounts.retrieve": AccountObject,
    "accounts.update": AccountObject,
    "accounts.close": AccountObject,
    "accounts.reopen": AccountObject,
    "transactions.create": TransactionObject,
    "transactions.list": TransactionList,
    "transactions.retrieve": TransactionObject,
    "loyalty_accounts.create": LoyaltyAccountObject,
    "loyalty_accounts.list": LoyaltyAccountList,
    "loyalty_accounts.retrieve": LoyaltyAccountObject,
    "loyalty_accounts.update": LoyaltyAccountObject,
    "points_transactions.create": PointsTransactionObject,
    "points_transactions.list": PointsTransactionList,
    "points_transactions.retrieve": PointsTransactionObject,
    **RESOURCE_RESPONSE_TYPES,
    "sandbox.health": Health,
    "sandbox.check": Findings,
    "sandbox.programs.list": ProgramList,
    "sandbox.programs.put": Program,
    "sandbox.customers.put": CustomerObject,
    "sandbox.faults.add": PlannedFaults,
    "sandbox.faults.list": PlannedFaults,
    "sandbox.faults.clear": PlannedFaults,
    "sandbox.clock.advance": ClockTime,
    "sandbox.clock.now": ClockTime,
    "sandbox.simulate.payment_completed": SimulationResult,
    "sandbox.simulate.payment_refunded": SimulationResult,
    "sandbox.simulate.redemption": SimulationResult,
    "sandbox.simulate.redemption_fulfilled": SimulationResult,
    "sandbox.simulate.redemption_released": SimulationResult,
    "sandbox.simulate.expiry": SimulationResult,
    "sandbox.snapshots.create": KeptSnapshot,
    "sandbox.restore": ClockTime,
    "sandbox.reset": ClockTime,
    "sandbox.webhooks.add": WebhookAddress,
    "sandbox.webhooks.list": WebhookList,
    "sandbox.webhooks.clear": WebhookList,
    "sandbox.webhooks.deliver": WebhookDeliveries,
}


def response_type_of(operation: str) -> Any:
    """The type of an operation's answer; an object of any shape where the table has none."""
    return RESPONSE_TYPES.get(operation, dict[str, Any])

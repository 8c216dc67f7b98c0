"""Which operation is answered with what."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final, Literal

from pydantic import Field
from typing_extensions import TypeAliasType, TypedDict

from ..api.answers import (
    Account,
    Customer,
    Event,
    GuidePage,
    LoyaltyAccount,
    PointsTransaction,
    ReferencePage,
    Transaction,
    UnixSeconds,
)
from ..faults.kinds import AnyFault
from ..invariants import Finding
from ..programs import Program
from ..webhooks.endpoint import Delivery

AccountList = TypeAliasType("AccountList", GuidePage[Account])
TransactionList = TypeAliasType("TransactionList", GuidePage[Transaction])
EventList = TypeAliasType("EventList", GuidePage[Event])
LoyaltyAccountList = TypeAliasType("LoyaltyAccountList", ReferencePage[LoyaltyAccount])
PointsTransactionList = TypeAliasType("PointsTransactionList", ReferencePage[PointsTransaction])


class Health(TypedDict):
    """The sandbox is ready."""

    status: Literal["ok"]


class Findings(TypedDict):
    """The rules that the ledger breaks; none if it is sound."""

    findings: Sequence[Finding]


class ProgramList(TypedDict):
    """All programs."""

    data: Sequence[Program]


class Outcome(TypedDict):
    """The entry that a simulation led to; null where nothing was posted."""

    transaction: Transaction | None


class PlannedFault(TypedDict):
    """A fault that has not been met yet."""

    operation: str
    fault: AnyFault
    description: str
    times: Annotated[int, Field(ge=1)]


class PlannedFaults(TypedDict):
    """What is still to go wrong, the next one first."""

    pending: Sequence[PlannedFault]


class ClockTime(TypedDict):
    """The time on the sandbox's clock."""

    now: UnixSeconds


class KeptSnapshot(TypedDict):
    """A snapshot that the sandbox keeps."""

    snapshot: str


class WebhookEndpoint(TypedDict):
    """Where events are sent."""

    url: str
    events: Sequence[str] | None
    doubled: bool
    out_of_order: bool


class WebhookDeliveries(TypedDict):
    """Attempts to deliver events."""

    deliveries: Sequence[Delivery]


class WebhookList(WebhookDeliveries):
    """Where events are sent, and every attempt so far."""

    endpoints: Sequence[WebhookEndpoint]


ANSWERS: Final[Mapping[str, Any]] = {
    "accounts.create": Account,
    "accounts.list": AccountList,
    "accounts.merge": Account,
    "accounts.retrieve": Account,
    "accounts.update": Account,
    "accounts.close": Account,
    "accounts.reopen": Account,
    "transactions.create": Transaction,
    "transactions.list": TransactionList,
    "transactions.retrieve": Transaction,
    "loyalty_accounts.create": LoyaltyAccount,
    "loyalty_accounts.list": LoyaltyAccountList,
    "loyalty_accounts.retrieve": LoyaltyAccount,
    "loyalty_accounts.update": LoyaltyAccount,
    "points_transactions.create": PointsTransaction,
    "points_transactions.list": PointsTransactionList,
    "points_transactions.retrieve": PointsTransaction,
    "events.list": EventList,
    "events.retrieve": Event,
    "sandbox.health": Health,
    "sandbox.check": Findings,
    "sandbox.programs.list": ProgramList,
    "sandbox.programs.put": Program,
    "sandbox.customers.put": Customer,
    "sandbox.faults.add": PlannedFaults,
    "sandbox.faults.list": PlannedFaults,
    "sandbox.faults.clear": PlannedFaults,
    "sandbox.clock.advance": ClockTime,
    "sandbox.clock.now": ClockTime,
    "sandbox.simulate.payment_completed": Outcome,
    "sandbox.simulate.payment_refunded": Outcome,
    "sandbox.simulate.redemption": Outcome,
    "sandbox.simulate.redemption_fulfilled": Outcome,
    "sandbox.simulate.redemption_released": Outcome,
    "sandbox.simulate.expiry": Outcome,
    "sandbox.snapshots.create": KeptSnapshot,
    "sandbox.restore": ClockTime,
    "sandbox.reset": ClockTime,
    "sandbox.webhooks.add": WebhookEndpoint,
    "sandbox.webhooks.list": WebhookList,
    "sandbox.webhooks.clear": WebhookList,
    "sandbox.webhooks.deliver": WebhookDeliveries,
}


def answer_of(operation: str) -> Any:
    """The type of an operation's answer; an object of any shape where none is noted."""
    return ANSWERS.get(operation, dict[str, Any])

"""Every operation of the surface: its name, route, dialect, parameters and handler."""

from collections.abc import Sequence
from typing import Final

from ..programs import Program
from .dialects import GUIDE, REFERENCE
from .handlers import accounts, clock, control, events, faults, states, transactions, webhooks
from .operation import Operation, operation, outside
from .parameters import control as told
from .parameters import guide, reference
from .parameters.base import Parameters, WithExpand

_MEMBERS: Final = "/v1/loyalty/accounts"
_ENTRIES: Final = "/v1/loyalty/transactions"

_GUIDE: Final = (
    operation("accounts.create", f"POST {_MEMBERS}", GUIDE, guide.CreateAccount, accounts.create),
    operation("accounts.list", f"GET {_MEMBERS}", GUIDE, guide.ListAccounts, accounts.listing),
    operation(
        "accounts.merge", f"POST {_MEMBERS}/merge", GUIDE, guide.MergeAccounts, accounts.merge
    ),
    operation("accounts.retrieve", f"GET {_MEMBERS}/<id>", GUIDE, WithExpand, accounts.retrieve),
    operation(
        "accounts.update", f"POST {_MEMBERS}/<id>", GUIDE, guide.UpdateAccount, accounts.update
    ),
    operation("accounts.close", f"POST {_MEMBERS}/<id>/close", GUIDE, WithExpand, accounts.close),
    operation(
        "accounts.reopen", f"POST {_MEMBERS}/<id>/reopen", GUIDE, WithExpand, accounts.reopen
    ),
    operation(
        "transactions.create",
        f"POST {_ENTRIES}",
        GUIDE,
        guide.CreateTransaction,
        transactions.create,
    ),
    operation(
        "transactions.list",
        f"GET {_ENTRIES}",
        GUIDE,
        guide.ListTransactions,
        transactions.listing,
    ),
    operation(
        "transactions.retrieve", f"GET {_ENTRIES}/<id>", GUIDE, WithExpand, transactions.retrieve
    ),
)

_REFERENCE: Final = (
    operation(
        "loyalty_accounts.create",
        "POST /v1/loyalty-accounts",
        REFERENCE,
        reference.CreateAccount,
        accounts.create,
    ),
    operation(
        "loyalty_accounts.list",
        "GET /v1/loyalty-accounts",
        REFERENCE,
        reference.ListAccounts,
        accounts.listing,
    ),
    operation(
        "loyalty_accounts.retrieve",
        "GET /v1/loyalty-accounts/<id>",
        REFERENCE,
        WithExpand,
        accounts.retrieve,
    ),
    operation(
        "loyalty_accounts.update",
        "POST /v1/loyalty-accounts/<id>",
        REFERENCE,
        reference.UpdateAccount,
        accounts.update,
    ),
    operation(
        "points_transactions.create",
        "POST /v1/points-transactions",
        REFERENCE,
        reference.CreateTransaction,
        transactions.create,
    ),
    operation(
        "points_transactions.list",
        "GET /v1/points-transactions",
        REFERENCE,
        reference.ListTransactions,
        transactions.listing,
    ),
    operation(
        "points_transactions.retrieve",
        "GET /v1/points-transactions/<id>",
        REFERENCE,
        WithExpand,
        transactions.retrieve,
    ),
)

# our choice: VINR documents the events, not how to read them back
_EVENTS: Final = (
    operation("events.list", "GET /v1/events", GUIDE, guide.ListEvents, events.listing),
    operation("events.retrieve", "GET /v1/events/<id>", GUIDE, Parameters, events.retrieve),
)

_SIMULATE: Final = "/_sandbox/simulate"
_FAULTS: Final = "/_sandbox/faults"
_CLOCK: Final = "/_sandbox/clock"

_WEBHOOKS: Final = "/_sandbox/webhooks"

_MOVED: Final = (
    operation("sandbox.faults.add", f"POST {_FAULTS}", None, told.AddFaults, faults.add),
    operation("sandbox.faults.list", f"GET {_FAULTS}", None, Parameters, faults.listing),
    operation("sandbox.faults.clear", f"DELETE {_FAULTS}", None, Parameters, faults.clear),
    operation("sandbox.clock.advance", f"POST {_CLOCK}", None, told.AdvanceClock, clock.advance),
    operation("sandbox.clock.now", f"GET {_CLOCK}", None, Parameters, clock.now),
    outside("sandbox.snapshots.create", "POST /_sandbox/snapshots", Parameters, states.keep),
    outside("sandbox.restore", "POST /_sandbox/restore", told.RestoreSnapshot, states.restore),
    outside("sandbox.reset", "POST /_sandbox/reset", Parameters, states.reset),
    outside("sandbox.webhooks.add", f"POST {_WEBHOOKS}", told.AddWebhook, webhooks.add),
    outside("sandbox.webhooks.list", f"GET {_WEBHOOKS}", Parameters, webhooks.listing),
    outside("sandbox.webhooks.clear", f"DELETE {_WEBHOOKS}", Parameters, webhooks.clear),
    outside("sandbox.webhooks.deliver", f"POST {_WEBHOOKS}/deliver", Parameters, webhooks.deliver),
)

_CONTROL: Final = (
    operation("sandbox.health", "GET /_sandbox/health", None, Parameters, control.health),
    operation("sandbox.check", "GET /_sandbox/check", None, Parameters, control.check),
    operation(
        "sandbox.programs.list", "GET /_sandbox/programs", None, Parameters, control.list_programs
    ),
    operation(
        "sandbox.programs.put", "POST /_sandbox/programs", None, Program, control.put_program
    ),
    operation(
        "sandbox.customers.put",
        "POST /_sandbox/customers",
        None,
        told.Customer,
        control.put_customer,
    ),
    operation(
        "sandbox.simulate.payment_completed",
        f"POST {_SIMULATE}/payment_completed",
        None,
        told.PaymentCompleted,
        control.payment_completed,
    ),
    operation(
        "sandbox.simulate.payment_refunded",
        f"POST {_SIMULATE}/payment_refunded",
        None,
        told.PaymentRefunded,
        control.payment_refunded,
    ),
    operation(
        "sandbox.simulate.redemption",
        f"POST {_SIMULATE}/redemption",
        None,
        told.Redemption,
        control.redemption,
    ),
    operation(
        "sandbox.simulate.redemption_fulfilled",
        f"POST {_SIMULATE}/redemption_fulfilled",
        None,
        told.RedemptionSettled,
        control.redemption_fulfilled,
    ),
    operation(
        "sandbox.simulate.redemption_released",
        f"POST {_SIMULATE}/redemption_released",
        None,
        told.RedemptionSettled,
        control.redemption_released,
    ),
    operation(
        "sandbox.simulate.expiry", f"POST {_SIMULATE}/expiry", None, told.Expiry, control.expiry
    ),
)

OPERATIONS: Final[Sequence[Operation]] = (*_GUIDE, *_REFERENCE, *_EVENTS, *_CONTROL, *_MOVED)

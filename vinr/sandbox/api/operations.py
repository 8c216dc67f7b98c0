"""The table of all operations: name, route, dialect, parameters and handler of each."""

from collections.abc import Sequence
from typing import Final

from ..dialects.dialect import GUIDE, REFERENCE
from ..parameters import control, guide, reference
from ..parameters.base import Parameters, WithExpand
from ..programs import Program
from .handlers import (
    accounts,
    clock,
    faults,
    setup,
    simulate,
    snapshots,
    transactions,
    webhooks,
)
from .operation import Operation, operation, operation_without_ledger
from .resource_operations import RESOURCE_OPERATIONS

_ACCOUNTS: Final = "/v1/loyalty/accounts"
_TRANSACTIONS: Final = "/v1/loyalty/transactions"

_GUIDE: Final = (
    operation("accounts.create", f"POST {_ACCOUNTS}", GUIDE, guide.CreateAccount, accounts.create),
    operation("accounts.list", f"GET {_ACCOUNTS}", GUIDE, guide.ListAccounts, accounts.list_page),
    operation(
        "accounts.merge", f"POST {_ACCOUNTS}/merge", GUIDE, guide.MergeAccounts, accounts.merge
    ),
    operation("accounts.retrieve", f"GET {_ACCOUNTS}/<id>", GUIDE, WithExpand, accounts.retrieve),
    operation(
        "accounts.update", f"POST {_ACCOUNTS}/<id>", GUIDE, guide.UpdateAccount, accounts.update
    ),
    operation("accounts.close", f"POST {_ACCOUNTS}/<id>/close", GUIDE, WithExpand, accounts.close),
    operation(
        "accounts.reopen", f"POST {_ACCOUNTS}/<id>/reopen", GUIDE, WithExpand, accounts.reopen
    ),
    operation(
        "transactions.create",
        f"POST {_TRANSACTIONS}",
        GUIDE,
        guide.CreateTransaction,
        transactions.create,
    ),
    operation(
        "transactions.list",
        f"GET {_TRANSACTIONS}",
        GUIDE,
        guide.ListTransactions,
        transactions.list_page,
    ),
    operation(
        "transactions.retrieve",
        f"GET {_TRANSACTIONS}/<id>",
        GUIDE,
        WithExpand,
        transactions.retrieve,
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
        accounts.list_page,
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
        transactions.list_page,
    ),
    operation(
        "points_transactions.retrieve",
        "GET /v1/points-transactions/<id>",
        REFERENCE,
        WithExpand,
        transactions.retrieve,
    ),
)

_SIMULATE: Final = "/_sandbox/simulate"
_FAULTS: Final = "/_sandbox/faults"
_CLOCK: Final = "/_sandbox/clock"

_WEBHOOKS: Final = "/_sandbox/webhooks"

_STEERING: Final = (
    operation("sandbox.faults.add", f"POST {_FAULTS}", None, control.AddFaults, faults.add),
    operation("sandbox.faults.list", f"GET {_FAULTS}", None, Parameters, faults.list_pending),
    operation("sandbox.faults.clear", f"DELETE {_FAULTS}", None, Parameters, faults.clear),
    operation("sandbox.clock.advance", f"POST {_CLOCK}", None, control.AdvanceClock, clock.advance),
    operation("sandbox.clock.now", f"GET {_CLOCK}", None, Parameters, clock.now),
    operation_without_ledger(
        "sandbox.snapshots.create", "POST /_sandbox/snapshots", Parameters, snapshots.create
    ),
    operation_without_ledger(
        "sandbox.restore", "POST /_sandbox/restore", control.RestoreSnapshot, snapshots.restore
    ),
    operation_without_ledger("sandbox.reset", "POST /_sandbox/reset", Parameters, snapshots.reset),
    operation_without_ledger(
        "sandbox.webhooks.add", f"POST {_WEBHOOKS}", control.AddWebhook, webhooks.add
    ),
    operation_without_ledger(
        "sandbox.webhooks.list", f"GET {_WEBHOOKS}", Parameters, webhooks.list_all
    ),
    operation_without_ledger(
        "sandbox.webhooks.clear", f"DELETE {_WEBHOOKS}", Parameters, webhooks.clear
    ),
    operation_without_ledger(
        "sandbox.webhooks.deliver", f"POST {_WEBHOOKS}/deliver", Parameters, webhooks.deliver
    ),
)

_SETUP: Final = (
    operation("sandbox.health", "GET /_sandbox/health", None, Parameters, setup.health),
    operation("sandbox.check", "GET /_sandbox/check", None, Parameters, setup.check),
    operation(
        "sandbox.programs.list", "GET /_sandbox/programs", None, Parameters, setup.list_programs
    ),
    operation("sandbox.programs.put", "POST /_sandbox/programs", None, Program, setup.put_program),
    operation(
        "sandbox.customers.put",
        "POST /_sandbox/customers",
        None,
        control.PutCustomer,
        setup.put_customer,
    ),
    operation(
        "sandbox.simulate.payment_completed",
        f"POST {_SIMULATE}/payment_completed",
        None,
        control.PaymentCompleted,
        simulate.payment_completed,
    ),
    operation(
        "sandbox.simulate.payment_refunded",
        f"POST {_SIMULATE}/payment_refunded",
        None,
        control.PaymentRefunded,
        simulate.payment_refunded,
    ),
    operation(
        "sandbox.simulate.redemption",
        f"POST {_SIMULATE}/redemption",
        None,
        control.Redemption,
        simulate.redemption,
    ),
    operation(
        "sandbox.simulate.redemption_fulfilled",
        f"POST {_SIMULATE}/redemption_fulfilled",
        None,
        control.RedemptionSettled,
        simulate.redemption_fulfilled,
    ),
    operation(
        "sandbox.simulate.redemption_released",
        f"POST {_SIMULATE}/redemption_released",
        None,
        control.RedemptionSettled,
        simulate.redemption_released,
    ),
    operation(
        "sandbox.simulate.expiry", f"POST {_SIMULATE}/expiry", None, control.Expiry, simulate.expiry
    ),
)

OPERATIONS: Final[Sequence[Operation]] = (
    *_GUIDE,
    *_REFERENCE,
    *RESOURCE_OPERATIONS,
    *_SETUP,
    *_STEERING,
)

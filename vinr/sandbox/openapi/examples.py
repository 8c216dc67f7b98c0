"""Examples that cannot be wrong: a service is asked, and its answers are recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, cast
from urllib.parse import urlencode

from pydantic_core import from_json, to_json

from ..api.decoding import CONTENT_TYPE
from ..api.operation import Operation
from ..clock import Clock
from ..http_message import HttpRequest
from ..ids import Ids
from ..ledger.store import Store
from ..programs import DEFAULT_PROGRAM
from ..service import Service

_NOW: Final = datetime(2024, 5, 21, 14, tzinfo=UTC)
_KEY: Final = {"x-api-key": "sk_test_examples"}

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Example:
    """One request to an operation, and its answer."""

    id: str
    """The id in the path; empty where it has none."""
    parameters: Json
    answer: Json


@dataclass(frozen=True, slots=True)
class _Step:
    operation: str
    parameters: Json = field(default_factory=dict[str, Any])
    id: str = ""
    """``{operation}``, here and in parameters, is the id in that operation's first answer."""


_DUPLICATE: Final = "cust_abc123_duplicate"

_STEPS: Final = (
    _Step(
        "accounts.create",
        {
            "program": "prog_default",
            "customer": "cust_abc123",
            "metadata": {"signup_channel": "web"},
        },
    ),
    _Step(
        "transactions.create",
        {
            "account": "{accounts.create}",
            "type": "adjust",
            "amount": 500,
            "reason": "goodwill_credit",
        },
    ),
    _Step("sandbox.customers.put", {"id": "cust_abc123", "email": "ada@example.test"}),
    _Step(
        "sandbox.simulate.payment_completed",
        {"customer": "cust_abc123", "amount": "42.50", "payment": "pay_1"},
    ),
    _Step("sandbox.simulate.payment_refunded", {"payment": "pay_1", "amount": "10"}),
    _Step(
        "sandbox.simulate.redemption",
        {"account": "{accounts.create}", "points": 100, "redemption": "red_1"},
    ),
    _Step("sandbox.simulate.redemption_released", {"redemption": "red_1"}),
    _Step(
        "sandbox.simulate.redemption",
        {"account": "{accounts.create}", "points": 60, "redemption": "red_2"},
    ),
    _Step("sandbox.simulate.redemption_fulfilled", {"redemption": "red_2"}),
    _Step("sandbox.simulate.expiry", {"account": "{accounts.create}", "points": 20}),
    _Step("accounts.retrieve", {"expand": ["customer", "tier"]}, "{accounts.create}"),
    _Step("accounts.list", {"program": "prog_default", "customer": "cust_abc123", "limit": 1}),
    _Step("accounts.update", {"tier": "gold", "metadata": {"vip": "yes"}}, "{accounts.create}"),
    _Step("transactions.list", {"account": "{accounts.create}", "limit": 2}),
    _Step("transactions.retrieve", {}, "{transactions.create}"),
    _Step("accounts.close", {}, "{accounts.create}"),
    _Step("accounts.reopen", {}, "{accounts.create}"),
    _Step("loyalty_accounts.create", {"customer": _DUPLICATE, "programme_id": "prog_default"}),
    _Step("loyalty_accounts.retrieve", {"expand": ["tier"]}, "{loyalty_accounts.create}"),
    _Step("loyalty_accounts.update", {"tier": "tier_silver"}, "{loyalty_accounts.create}"),
    _Step("loyalty_accounts.list", {"customer": _DUPLICATE, "limit": 10}),
    _Step(
        "points_transactions.create",
        {
            "loyalty_account": "{loyalty_accounts.create}",
            "amount": 250,
            "type": "credit",
            "reason": "goodwill",
        },
    ),
    _Step(
        "points_transactions.retrieve",
        {"expand": ["loyalty_account"]},
        "{points_transactions.create}",
    ),
    _Step("points_transactions.list", {"type": "credit", "limit": 2}),
    _Step("accounts.merge", {"source": "{loyalty_accounts.create}", "target": "{accounts.create}"}),
    _Step(
        "events.list",
        {"type": "loyalty.account.merged", "created": {"gte": 1_716_300_000}, "limit": 1},
    ),
    _Step("events.retrieve", {}, "{events.list}"),
    _Step("sandbox.programs.put", DEFAULT_PROGRAM.model_dump(mode="json")),
    _Step("sandbox.programs.list"),
    _Step("sandbox.check"),
    _Step(
        "sandbox.faults.add",
        {
            "operation": "transactions.create",
            "faults": [{"kind": "status", "status": 429, "retry_after": 1}, {"kind": "lose_reply"}],
        },
    ),
    _Step("sandbox.faults.list"),
    _Step("sandbox.faults.clear"),
    _Step("sandbox.clock.advance", {"days": 365}),
    _Step("sandbox.clock.now"),
    _Step("sandbox.webhooks.deliver"),
    _Step(
        "sandbox.webhooks.add",
        {"url": "http://127.0.0.1:8000/hooks", "secret": "whsec_example"},
    ),
    _Step("customers.create", {"email": "grace@example.test", "name": "Grace"}),
    _Step("customers.list", {"email": "grace@example.test"}),
    _Step("customers.retrieve", id="{customers.create}"),
    _Step("customers.update", {"phone": "+35312345678"}, "{customers.create}"),
    _Step("customers.delete", id="{customers.create}"),
    _Step("sandbox.webhooks.list"),
    _Step("sandbox.webhooks.clear"),
    _Step("sandbox.health"),
    _Step("sandbox.snapshots.create"),
    _Step("sandbox.reset"),
    _Step("sandbox.restore", {"snapshot": "snap_1"}),
)


def examples(operations: Sequence[Operation]) -> tuple[Mapping[str, Example], Sequence[Json]]:
    """An example of each operation, by its name, and all events that they led to."""
    by_name = {operation.name: operation for operation in operations}
    recorded: dict[str, Example] = {}
    with closing(Store()) as store:
        recorder = _Recorder(store)
        for step in _STEPS:
            ids = {"{" + name + "}": _id_in(example.answer) for name, example in recorded.items()}
            parameters = {name: _filled(value, ids) for name, value in step.parameters.items()}
            id = str(_filled(step.id, ids))
            answer = recorder.ask(by_name[step.operation], id, parameters)
            recorded.setdefault(step.operation, Example(id, parameters, answer))
        listed = recorder.ask(by_name["events.list"], "", {"limit": 100})
    return recorded, cast("list[Json]", listed["data"])


class _Recorder:
    """Asks a service of its own, which has the same ids and times in every run."""

    def __init__(self, store: Store) -> None:
        self._api = Service.make(store, Clock(_NOW), Ids("examples")).api

    def ask(self, operation: Operation, id: str, parameters: Json) -> Json:
        """The answer of an operation; it has to succeed."""
        path = operation.path.replace("<id>", id)
        request = HttpRequest(operation.method, path, urlencode(_flat(parameters)), _KEY)
        if operation.method == "POST":
            body_format = operation.dialect.body
            body = to_json(parameters) if body_format == "json" else request.query.encode()
            headers = {**_KEY, "content-type": CONTENT_TYPE[body_format]}
            request = HttpRequest(operation.method, path, "", headers, body)
        response = self._api.handle(request)
        answer: Json = from_json(response.body)
        if response.status != 200:
            raise AssertionError(f"the example of {operation.name} was refused: {answer}")
        return answer


def _flat(parameters: Json) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for name, value in parameters.items():
        if isinstance(value, list):
            pairs += [(f"{name}[]", str(each)) for each in cast("list[object]", value)]
        elif isinstance(value, dict):
            fields = cast("Json", value)
            pairs += [(f"{name}[{field}]", str(each)) for field, each in fields.items()]
        else:
            pairs.append((name, str(value)))
    return pairs


def _filled(value: object, ids: Mapping[str, str]) -> object:
    return ids.get(value, value) if isinstance(value, str) else value


def _id_in(answer: Json) -> str:
    data: object = answer.get("data")
    object: Json = cast("list[Json]", data)[0] if isinstance(data, list) else answer
    return str(object.get("id", ""))

"""Examples that cannot be wrong: a service is asked, and its answers are recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
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
from ..service import Service
from .example_steps import STEPS

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


def examples(operations: Sequence[Operation]) -> tuple[Mapping[str, Example], Sequence[Json]]:
    """An example of each operation, by its name, and all events that they led to."""
    by_name = {operation.name: operation for operation in operations}
    recorded: dict[str, Example] = {}
    with closing(Store()) as store:
        recorder = _Recorder(store)
        for step in STEPS:
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
        """The answer of an operation."""
        path = operation.path.replace("<id>", id)
        request = HttpRequest(operation.method, path, urlencode(_flat(parameters)), _KEY)
        if operation.method == "POST":
            body_format = operation.dialect.body
            body = to_json(parameters) if body_format == "json" else request.query.encode()
            headers = {**_KEY, "content-type": CONTENT_TYPE[body_format]}
            request = HttpRequest(operation.method, path, "", headers, body)
        answer: Json = from_json(self._api.handle(request).body)
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

"""Requests with their answers, and which of them are attempts of one action."""

import json
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Final, cast
from urllib.parse import parse_qsl

from ..api import routes
from ..refusal import Refusal
from ..request_log import MOST_BYTES, Exchange
from .page import Asked, Shown, State, part, rows

OUTCOMES: Final = {
    "": "Any answer",
    "done": "Done",
    "refused": "Refused",
    "failed": "Failed",
    "repeated": "Attempts of one action",
    "fault": "With a planned fault",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One exchange, and what can be told of it."""

    exchange: Exchange
    operation: str | None
    outcome: str
    """``done``, ``refused`` (4xx) or ``failed`` (5xx, or no answer at all)."""
    code: str | None
    """Of the error."""
    attempt: int
    """1 for the first request with its idempotency key."""
    attempts: int
    replayed: bool


def exchanges(state: State, asked: Asked) -> Shown:
    """The last requests."""
    text, outcome = asked.text("q").lower(), asked.one_of("outcome", OUTCOMES)
    found = [
        row
        for row in _rows(state.requests.newest_first())
        if _is(row, outcome) and text in _searched(row)
    ]
    context = {
        "rows": found[rows(asked)],
        "part": part(asked, len(found)),
        "text": asked.text("q"),
        "outcome": outcome,
        "outcomes": OUTCOMES,
    }
    return Shown("requests.html", context)


def exchange(state: State, asked: Asked) -> Shown:
    """One request in full."""
    found = _rows(state.requests.newest_first())
    row = next((row for row in found if str(row.exchange.number) == asked.id), None)
    if row is None:
        raise Refusal("resource_missing", "This request is not kept any more.")
    action = _action(row.exchange)
    context = {
        "row": row,
        "query": parse_qsl(row.exchange.query, keep_blank_values=True),
        "body": readable(row.exchange.body, row.exchange.headers.get("content-type", "")),
        "answer_body": readable(row.exchange.answer, "application/json"),
        "others": [
            each for each in found[::-1] if action is not None and _action(each.exchange) == action
        ],
    }
    return Shown("request.html", context)


def readable(content: bytes, content_type: str) -> str:
    """A body for the eye: JSON indented, a form one field a line, anything else as it is."""
    text = content.decode(errors="replace")
    if len(content) >= MOST_BYTES:
        return text + "\n… cut here"
    if content_type.startswith("application/x-www-form-urlencoded"):
        return "\n".join(
            f"{name} = {value}" for name, value in parse_qsl(text, keep_blank_values=True)
        )
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return text


def _rows(newest_first: Sequence[Exchange]) -> list[Row]:
    of_action = Counter(_action(each) for each in newest_first)
    seen: Counter[Hashable] = Counter()
    found: list[Row] = []
    for each in reversed(newest_first):
        action = _action(each)
        seen[action] += 1
        attempts = (seen[action], of_action[action]) if action is not None else (1, 1)
        found.append(_row(each, *attempts))
    return found[::-1]


def _row(exchange: Exchange, attempt: int, attempts: int) -> Row:
    status = exchange.status
    return Row(
        exchange,
        _operation(exchange),
        _outcome(exchange),
        _code(exchange.answer) if status is None or status >= 400 else None,
        attempt,
        attempts,
        exchange.answer_headers.get("idempotent-replayed") == "true",
    )


def _outcome(exchange: Exchange) -> str:
    status = exchange.status
    if status is None or status >= 500 or not exchange.arrived:
        return "failed"
    return "refused" if status >= 400 else "done"


def _action(exchange: Exchange) -> tuple[str, str, str] | None:
    key = exchange.idempotency_key
    return None if key is None else (exchange.method, exchange.path, key)


def _operation(exchange: Exchange) -> str | None:
    try:
        return routes.find(exchange.method, exchange.path)[0].name
    except Refusal:
        return None


def _code(answer: bytes) -> str | None:
    try:
        body: object = json.loads(answer)
    except ValueError:
        return None
    error = cast("dict[str, object]", body).get("error") if isinstance(body, dict) else None
    code = cast("dict[str, object]", error).get("code") if isinstance(error, dict) else None
    return code if isinstance(code, str) else None


def _is(row: Row, outcome: str) -> bool:
    match outcome:
        case "repeated":
            return row.attempts > 1
        case "fault":
            return row.exchange.fault is not None
        case _:
            return outcome in ("", row.outcome)


def _searched(row: Row) -> str:
    each = row.exchange
    parts = (each.method, each.path, each.query, row.operation, row.code, each.idempotency_key)
    return " ".join((*(part or "" for part in parts), str(each.status or ""))).lower()

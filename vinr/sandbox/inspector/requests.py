"""The pages of requests: the list, and one request with its answer and its other attempts."""

import json
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast
from urllib.parse import unquote_plus

from markupsafe import Markup, escape

from ..api import routes
from ..dialects.dialect import in_both_dialects
from ..redaction import redact, redact_fields, redact_form, redact_value
from ..refusal import Refusal
from ..request_log import MOST_BYTES, MOST_REQUESTS, LoggedRequest, RequestLog
from .page import InspectedSandbox, PageRequest, PageResponse, row_range, table_page

REQUEST_ID: Final = "x-vinr-request-id"
OUTCOMES: Final = {
    "": "Any answer",
    "done": "Done",
    "refused": "Refused",
    "failed": "Failed",
    "repeated": "Attempts of one action",
    "fault": "With a planned fault",
}


@dataclass(frozen=True, slots=True)
class RequestSummary:
    """A logged request, and what follows from it."""

    logged: LoggedRequest
    operation: str | None
    outcome: str
    """``done``, ``refused`` (4xx) or ``failed`` (5xx, or no answer at all)."""
    code: str | None
    """The code of the error."""
    attempt: int
    """1 for the first request with its idempotency key."""
    attempts: int
    replayed: bool

    @property
    def request_id(self) -> str:
        """``req_…``; empty where no answer was given."""
        return self.logged.answer_headers.get(REQUEST_ID, "")


def request_list(sandbox: InspectedSandbox, request: PageRequest) -> PageResponse:
    """The last requests."""
    text, outcome = request.text("q"), request.one_of("outcome", OUTCOMES)
    matching = [
        summary
        for summary in _summaries(sandbox.requests.newest_first())
        if _has_outcome(summary, outcome) and _matches(summary, text)
    ]
    context = {
        "rows": matching[row_range(request)],
        "table": table_page(request, len(matching)),
        "text": text,
        "outcome": outcome,
        "outcomes": OUTCOMES,
    }
    return PageResponse("requests.html", context)


def one_request(sandbox: InspectedSandbox, request: PageRequest) -> PageResponse:
    """One request in full, by its number or by its id."""
    summaries = _summaries(sandbox.requests.newest_first())
    row = next(
        (each for each in summaries if request.id in (str(each.logged.number), each.request_id)),
        None,
    )
    if row is None:
        raise Refusal("resource_missing", f"Only the last {MOST_REQUESTS} requests are kept.")
    logged, action = row.logged, _action(row.logged)
    context = {
        "row": row,
        "headers": redact_fields(logged.headers.items()),
        "query": redact_form(logged.query),
        "body": readable(logged.body, logged.headers.get("content-type", "")),
        "answer_body": readable(logged.answer, "application/json"),
        "attempts": [
            each
            for each in summaries[::-1]
            if action is not None and _action(each.logged) == action
        ],
    }
    return PageResponse("request.html", context)


def by_id(log: RequestLog) -> Mapping[str, LoggedRequest]:
    """The requests that are kept, by their ids."""
    oldest_first = reversed(log.newest_first())
    return {each.answer_headers.get(REQUEST_ID, ""): each for each in oldest_first}


def readable(content: bytes, content_type: str) -> Markup:
    """A body for reading, without secrets: JSON indented, a form with one field a line."""
    return escape(_redacted(content, content_type))


def _redacted(content: bytes, content_type: str) -> str:
    text = content.decode(errors="replace")
    if len(content) > MOST_BYTES:
        return redact(text)[:MOST_BYTES] + "\n… cut here"
    if content_type.startswith("application/x-www-form-urlencoded"):
        return "\n".join(f"{name} = {value}" for name, value in redact_form(text))
    try:
        return json.dumps(redact_value("", json.loads(text)), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return redact(text)


def _summaries(newest_first: Sequence[LoggedRequest]) -> list[RequestSummary]:
    totals = Counter(_action(each) for each in newest_first)
    so_far: Counter[Hashable] = Counter()
    summaries: list[RequestSummary] = []
    for each in reversed(newest_first):
        action = _action(each)
        so_far[action] += 1
        attempts = (so_far[action], totals[action]) if action is not None else (1, 1)
        summaries.append(_summary(each, *attempts))
    return summaries[::-1]


def _summary(logged: LoggedRequest, attempt: int, attempts: int) -> RequestSummary:
    status = logged.status
    return RequestSummary(
        logged,
        _operation_name(logged),
        _outcome(logged),
        _error_code(logged.answer) if status is None or status >= 400 else None,
        attempt,
        attempts,
        logged.answer_headers.get("idempotent-replayed") == "true",
    )


def _outcome(logged: LoggedRequest) -> str:
    status = logged.status
    if status is None or status >= 500 or not logged.arrived:
        return "failed"
    return "refused" if status >= 400 else "done"


def _action(logged: LoggedRequest) -> tuple[str, str, str] | None:
    # requests with the same action are attempts of it
    key = logged.idempotency_key
    return None if key is None else (logged.method, logged.path, key)


def _operation_name(logged: LoggedRequest) -> str | None:
    try:
        return routes.find(logged.method, logged.path)[0].name
    except Refusal:
        return None


def _error_code(answer: bytes) -> str | None:
    try:
        body: object = json.loads(answer)
    except ValueError:
        return None
    error = cast("dict[str, object]", body).get("error") if isinstance(body, dict) else None
    code = cast("dict[str, object]", error).get("code") if isinstance(error, dict) else None
    return code if isinstance(code, str) else None


def _has_outcome(summary: RequestSummary, outcome: str) -> bool:
    match outcome:
        case "repeated":
            return summary.attempts > 1
        case "fault":
            return summary.logged.fault is not None
        case _:
            return outcome in ("", summary.outcome)


def _matches(summary: RequestSummary, text: str) -> bool:
    # as ids and addresses have them; a status such as 409 would be found in too many bodies
    in_bodies = "_" in text or "@" in text
    searchable = _searchable_text(summary, in_bodies=in_bodies)
    return any(each.lower() in searchable for each in in_both_dialects(text))


def _searchable_text(summary: RequestSummary, *, in_bodies: bool) -> str:
    logged = summary.logged
    texts = [
        *(logged.method, logged.path, logged.query, unquote_plus(logged.query)),
        *(logged.idempotency_key, summary.request_id, summary.operation, summary.code),
        str(logged.status or ""),
    ]
    if in_bodies:
        texts += [body.decode(errors="replace") for body in (logged.body, logged.answer)]
    return " ".join(text or "" for text in texts).lower()

"""The OpenAPI 3.1 document of all operations."""

from collections.abc import Sequence
from functools import cache
from typing import Final

from pydantic_core import to_json

from ..._version import __version__
from ..api.operation import Operation
from ..api.operations import OPERATIONS
from ..event_log import EVENT_TYPES
from .examples import Example, examples
from .links import links_of
from .requests import request_of
from .responses import HEADERS, refusals, responses_of
from .schemas import Json, response_schemas

_INFO: Final = {
    "title": "VINR loyalty",
    "summary": "Members, their points and what moved them, in both dialects of the API.",
    "description": (
        "The API of vinr's sandbox. Paths under `/v1` are the service's own; those under"
        " `/_sandbox` let a test steer the sandbox, and need no key."
    ),
    "version": __version__,
    "license": {"name": "MIT", "identifier": "MIT"},
}

_TAGS: Final = {
    "accounts": "Members, in the guide's dialect.",
    "transactions": "The ledger, in the guide's dialect.",
    "loyalty_accounts": "Members, in the reference's dialect.",
    "points_transactions": "The ledger, in the reference's dialect.",
    "loyalty": "Programs and what belongs to them, in the guide's dialect.",
    "customers": "Customers, in the reference's dialect.",
    "tiers": "The steps that members climb, in the reference's dialect.",
    "rewards": "What points buy, in the reference's dialect.",
    "redemptions": "Rewards that customers had, in the reference's dialect.",
    "earning_rules": "What gives points by itself, in the reference's dialect.",
    "store_credit": "Money that customers can spend in the store, in the reference's dialect.",
    "webhook_endpoints": "Where events are sent to.",
    "events": "What happened, as webhooks report it.",
    "sandbox": "The control side: a test sets up, steers and inspects the sandbox.",
}

_SECURITY_SCHEMES: Final = {
    "ApiKey": {
        "type": "apiKey",
        "in": "header",
        "name": "X-Api-Key",
        "description": "A test key: `sk_test_…` or `rk_test_…`.",
    },
    "Bearer": {"type": "http", "scheme": "bearer", "description": "The same key."},
}


@cache
def document() -> bytes:
    """The document as JSON, made once."""
    return to_json(describe(), indent=2)


def describe() -> Json:
    """The document as a dict."""
    answers, components = response_schemas(operation.name for operation in OPERATIONS)
    recorded, events = examples(OPERATIONS)
    paths: Json = {}
    for operation in OPERATIONS:
        example = recorded[operation.name]
        described, referred = _operation(operation, answers[operation.name], example)
        components |= referred
        path = paths.setdefault(operation.path.replace("<id>", "{id}"), {})
        path[operation.method.lower()] = described
    return {
        "openapi": "3.1.0",
        "info": _INFO,
        "servers": [{"url": "/"}],
        "security": [{"ApiKey": []}, {"Bearer": []}],
        "tags": [{"name": name, "description": text} for name, text in _TAGS.items()],
        "paths": paths,
        "webhooks": {type: _webhook(type, events) for type in EVENT_TYPES},
        "components": {
            "securitySchemes": _SECURITY_SCHEMES,
            "headers": HEADERS,
            "responses": refusals(),
            "schemas": components,
        },
    }


def _operation(operation: Operation, answer: Json, example: Example) -> tuple[Json, Json]:
    request, referred = request_of(operation, example)
    responses = responses_of(operation, answer)
    responses["200"]["content"]["application/json"]["example"] = example.answer
    links = links_of(operation, OPERATIONS)
    if links:
        responses["200"]["links"] = links
    described: Json = {
        "operationId": operation.name,
        "summary": operation.summary,
        "tags": [operation.name.partition(".")[0]],
        **request,
        "responses": responses,
    }
    if operation.control:
        described["security"] = []
    return described, referred


def _webhook(type: str, events: Sequence[Json]) -> Json:
    schema: Json = {
        "allOf": [
            {"$ref": "#/components/schemas/Event"},
            {"properties": {"type": {"const": type}}},
        ]
    }
    example = next(event for event in events if event["type"] == type)
    media: Json = {"schema": schema, "example": example}
    return {
        "post": {
            "operationId": f"webhook.{type}",
            "summary": f"An event of type {type}.",
            "security": [],
            "requestBody": {"required": True, "content": {"application/json": media}},
            "responses": {"2XX": {"description": "Received."}},
        }
    }

"""Whether an answer is one that the OpenAPI document describes."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import httpx
import jsonschema_rs

from vinr.sandbox import Sandbox

Json = dict[str, Any]


@cache
def document() -> Json:
    """The document, as a sandbox serves it."""
    with Sandbox() as sandbox, httpx.Client(transport=sandbox.transport()) as http:
        described: Json = http.get("http://localhost/openapi.json").json()
    return described


def check(response: httpx.Response) -> None:
    """Fails for a status, a header or a body that the document does not have there."""
    operation = _operation(response.request)
    if operation is None:
        return
    if b": a planned fault." in response.content:
        return
    described = operation["responses"].get(str(response.status_code))
    assert described is not None, f"{response.status_code} is not described: {response.text}"
    described = _resolved(described)
    for name, header in described["headers"].items():
        assert name in response.headers or not _resolved(header).get("required")
    if response.request.method != "HEAD":
        validator(json.dumps(described["content"]["application/json"]["schema"])).validate(
            response.json()
        )


@cache
def validator(schema: str) -> jsonschema_rs.Validator:
    """For a schema, as JSON, that may refer to the document's components."""
    whole = {**json.loads(schema), "components": document()["components"]}
    return jsonschema_rs.validator_for(whole)


def _operation(request: httpx.Request) -> Json | None:
    method = {"HEAD": "get"}.get(request.method, request.method.lower())
    for pattern, methods in _paths():
        if pattern.fullmatch(request.url.path):
            found: Json | None = methods.get(method)
            return found
    return None


@cache
def _paths() -> list[tuple[re.Pattern[str], Json]]:
    paths = sorted(document()["paths"].items(), key=lambda item: "{" in item[0])
    return [(re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), methods) for path, methods in paths]


def _resolved(described: Json) -> Json:
    if "$ref" not in described:
        return described
    found: Json = document()
    for step in described["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return found

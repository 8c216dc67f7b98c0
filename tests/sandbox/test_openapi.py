"""The OpenAPI document: sound in itself, and about all of the surface."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.sandbox import described
from tests.sandbox.service import Service
from vinr.sandbox import Sandbox
from vinr.sandbox.api.operations import OPERATIONS

Json = dict[str, Any]

DESCRIBED = [
    (path, method, operation)
    for path, methods in described.document()["paths"].items()
    for method, operation in methods.items()
]
NAMES = [operation["operationId"] for _, _, operation in DESCRIBED]


def test_it_is_an_openapi_document() -> None:
    OpenAPIV31SpecValidator(described.document()).validate()


def test_it_is_served_without_a_key(service: Service) -> None:
    del service.http.headers["x-api-key"]
    answer = service.http.get(service.http.base_url.copy_with(path="/openapi.json"))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert answer.json() == described.document()


def test_it_has_every_operation() -> None:
    assert sorted(NAMES) == sorted(operation.name for operation in OPERATIONS)


@pytest.mark.parametrize(("path", "method", "operation"), DESCRIBED, ids=NAMES)
def test_every_path_leads_somewhere(path: str, method: str, operation: Json) -> None:
    with Sandbox() as sandbox, httpx.Client(transport=sandbox.transport()) as http:
        answer = http.request(method, f"http://localhost{path}".replace("{id}", "nobody"))
        body = answer.json()
    if operation.get("security") == []:
        assert answer.status_code == 200 or body["error"]["code"] == "parameter_missing"
    else:
        assert body["error"]["code"] == "api_key_missing"


@pytest.mark.parametrize(("path", "method", "operation"), DESCRIBED, ids=NAMES)
def test_every_operation_says_what_it_does_and_answers(
    path: str, method: str, operation: Json
) -> None:
    success = operation["responses"]["200"]
    assert operation["summary"]
    assert success["content"]["application/json"]["schema"]["$ref"]
    assert success["headers"]["X-Vinr-Request-Id"]


@pytest.mark.parametrize(("path", "method", "operation"), DESCRIBED, ids=NAMES)
def test_examples_fit_their_schemas(path: str, method: str, operation: Json) -> None:
    media = [*operation["responses"]["200"]["content"].values()]
    media += operation.get("requestBody", {}).get("content", {}).values()
    parameters: list[Json] = operation.get("parameters", [])
    for each in [*media[1:], *parameters]:
        if "example" in each:
            described.validator(json.dumps(each["schema"])).validate(each["example"])
    described.validator(json.dumps(media[0]["schema"])).validate(media[0]["example"])


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("faults", {"operation": "*", "faults": [{"status": 500}]}),
        ("webhooks", {"url": "http://127.0.0.1:9/", "secret": "whsec_1", "events": []}),
        ("webhooks", {"url": "http://127.0.0.1:9/", "secret": "whsec_1", "events": ["x"]}),
    ],
)
def test_what_the_control_side_refuses_is_not_described(
    service: Service, path: str, body: Json
) -> None:
    url = service.http.base_url.copy_with(path=f"/_sandbox/{path}")
    assert service.http.post(url, json=body).status_code == 400
    described_as = described.document()["paths"][f"/_sandbox/{path}"]["post"]["requestBody"]
    schema = described_as["content"]["application/json"]["schema"]
    assert not described.validator(json.dumps(schema)).is_valid(body)


def test_every_event_is_a_webhook_with_an_example() -> None:
    webhooks = described.document()["webhooks"]
    assert {"loyalty.account.created", "loyalty_account.updated"} <= webhooks.keys()
    for type, webhook in webhooks.items():
        media = webhook["post"]["requestBody"]["content"]["application/json"]
        assert media["example"]["type"] == type
        described.validator(json.dumps(media["schema"])).validate(media["example"])


def test_the_schemas_are_closed_and_name_each_code_of_a_status() -> None:
    components = described.document()["components"]
    for name, schema in components["schemas"].items():
        assert schema["additionalProperties"] is False, name
    conflict = components["responses"]["Refused409"]["content"]["application/json"]["schema"]
    codes = conflict["allOf"][1]["properties"]["error"]["properties"]["code"]["enum"]
    assert codes == ["account_already_exists", "idempotency_conflict", "idempotency_key_in_use"]


def test_it_is_the_same_every_time() -> None:
    with Sandbox(seed=1) as sandbox, httpx.Client(transport=sandbox.transport()) as http:
        assert http.get("http://localhost/openapi.json").json() == described.document()
        assert http.head("http://localhost/openapi.json").content == b""

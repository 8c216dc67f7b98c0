"""The request of an operation: path, query, headers and body."""

from typing import Any, Final

from ..api.decoding import CONTENT_TYPE
from ..api.forms import LISTS
from ..api.operation import Operation
from ..dialects.expansion import MOST_EXPANDED, ExpandTree
from .examples import Example
from .schemas import Json, parameters_schema, without_null

_ID: Final[Json] = {"type": "string", "pattern": "^[0-9A-Za-z_]{1,255}$"}

_VERSION: Final[Json] = {
    "name": "Vinr-Version",
    "in": "header",
    "description": "The version of the API that the caller was written for, as a date.",
    "schema": {"type": "string", "examples": ["2026-01-01"]},
}
_IDEMPOTENCY_KEY: Final[Json] = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "One key for one action, the same on every attempt: its effect happens once.",
    "schema": {
        "type": "string",
        "minLength": 1,
        "maxLength": 255,
        "pattern": "^[!-~]([ -~]*[!-~])?$",
    },
}

_DEEP_OBJECT: Final[Json] = {"style": "deepObject", "explode": True}
"""``name[field]=value``"""


def request_of(operation: Operation, example: Example) -> tuple[Json, Json]:
    """The parameters and the body of an operation, and the components that they refer to."""
    schema, referred = parameters_schema(operation.parameters)
    if "expand" in schema.get("properties", {}):
        schema["properties"]["expand"] = _expand(operation)
    sent = example.parameters
    properties: Json = schema.get("properties", {})
    if operation.method == "POST":
        described = _body(operation, schema, sent)
        in_query = [name for name in properties if name == "expand"]
    else:
        described = {}
        in_query = list(properties)
    parameters = [
        *_in_path(operation, example),
        *(_in_query(schema, referred, name, sent) for name in in_query),
        *_headers(operation),
    ]
    return ({"parameters": parameters} if parameters else {}) | described, referred


def _expand(operation: Operation) -> Json:
    of_accounts = operation.name.partition(".")[0].endswith("accounts")
    dialect = operation.dialect
    tree = dialect.expandable_in_account if of_accounts else dialect.expandable_in_transaction
    if not tree:
        return {"type": "array", "maxItems": 0}
    return {"type": "array", "items": {"enum": _paths(tree)}, "maxItems": MOST_EXPANDED}


def _paths(tree: ExpandTree, before: str = "") -> list[str]:
    paths: list[str] = []
    for name, branches in tree.items():
        paths += [before + name, *_paths(branches, f"{before}{name}.")]
    return paths


def _in_path(operation: Operation, example: Example) -> list[Json]:
    if "<id>" not in operation.path:
        return []
    described = {"name": "id", "in": "path", "required": True, "schema": _ID}
    return [{**described, "example": example.id}]


def _in_query(schema: Json, referred: Json, name: str, sent: Json) -> Json:
    described = without_null(schema["properties"][name])
    parameter: Json = {"name": _encoded_name(name), "in": "query", "schema": described}
    if "$ref" in described:
        parameter |= _DEEP_OBJECT
        parameter["schema"] = _flat(referred.pop(described["$ref"].rpartition("/")[2]))
    if name in schema.get("required", ()):
        parameter["required"] = True
    if name in sent:
        parameter["example"] = sent[name]
    return parameter


def _flat(schema: Json) -> Json:
    """The schema of an object whose fields are parameters of a query: ``created[gte]=…``."""
    fields: Json = {name: without_null(value) for name, value in schema["properties"].items()}
    return {"type": "object", "properties": fields, "additionalProperties": False}


def _headers(operation: Operation) -> list[Json]:
    if operation.control:
        return []
    return [_VERSION, _IDEMPOTENCY_KEY] if operation.writes else [_VERSION]


def _body(operation: Operation, schema: Json, sent: Json) -> Json:
    media: Json = {"schema": schema}
    if operation.dialect.body == "form":
        media = _form(schema)
    if sent:
        media["example"] = {_body_name(operation, name): value for name, value in sent.items()}
    body: Json = {"content": {CONTENT_TYPE[operation.dialect.body]: media}}
    if schema.get("required"):
        body["required"] = True
    return {"requestBody": body}


def _form(schema: Json) -> Json:
    given: Json = schema["properties"]
    properties: Json = {_encoded_name(name): without_null(value) for name, value in given.items()}
    # metadata[k]=v
    nested: dict[str, Any] = {
        name: _DEEP_OBJECT for name, value in properties.items() if value.get("type") == "object"
    }
    described = {**schema, "properties": properties}
    if "required" in schema:
        described["required"] = [_encoded_name(name) for name in schema["required"]]
    media: Json = {"schema": described}
    return {**media, "encoding": nested} if nested else media


def _body_name(operation: Operation, name: str) -> str:
    return _encoded_name(name) if operation.dialect.body == "form" else name


def _encoded_name(name: str) -> str:
    # in a query or a form
    return f"{name}[]" if name in LISTS else name

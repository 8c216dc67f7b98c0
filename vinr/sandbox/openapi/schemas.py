"""JSON schemas from the models: what is sent by its rules, what comes back by its types."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal, cast

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from ..api.answers import Error
from ..events import EVENT_TYPES
from ..refusal import ERROR_TYPE, STATUS
from .answers import answer_of

Json = dict[str, Any]

_TEMPLATE: Final = "#/components/schemas/{model}"


class _Generator(GenerateJsonSchema):
    """Without titles that repeat a field's name; an object has its fields and no others."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002 - pydantic's own
        return False

    def typed_dict_schema(self, schema: core_schema.TypedDictSchema) -> JsonSchemaValue:
        return {**super().typed_dict_schema(schema), "additionalProperties": False}

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> JsonSchemaValue:
        described: Json = {**super().dataclass_schema(schema), "additionalProperties": False}
        properties: Json = described["properties"]
        # what tells one kind from another has a default in Python alone
        told_by = [name for name, each in properties.items() if "const" in each]
        for name in told_by:
            properties[name].pop("default", None)
        if told_by:
            described["required"] = [*told_by, *described.get("required", ())]
        return described


def parameters_schema(model: type[BaseModel]) -> tuple[Json, Json]:
    """The schema of an operation's parameters by their names on the wire, and what it refers to."""
    schema = model.model_json_schema(schema_generator=_Generator, ref_template=_TEMPLATE)
    referred: Json = schema.pop("$defs", {})
    schema.pop("title", None)
    schema.pop("description", None)
    return schema, referred


def answer_schemas(operations: Iterable[str]) -> tuple[Mapping[str, Json], Json]:
    """The schema of each operation's answer, and the components that they refer to."""
    types: dict[str, Any] = {name: answer_of(name) for name in operations}
    adapters: list[tuple[str, Literal["serialization"], TypeAdapter[Any]]] = [
        (name, "serialization", TypeAdapter(type)) for name, type in (types | {"": Error}).items()
    ]
    schemas, rest = TypeAdapter.json_schemas(
        adapters, schema_generator=_Generator, ref_template=_TEMPLATE
    )
    components = cast("Json", rest["$defs"])
    components["Event"]["properties"]["type"]["enum"] = [*EVENT_TYPES]
    return {name: schemas[name, "serialization"] for name in types}, components


def error_schema(status: int) -> Json:
    """An error with the codes and the type that go with a status."""
    details = {"code": {"enum": codes(status)}, "type": {"const": ERROR_TYPE[status]}}
    return {
        "allOf": [
            {"$ref": _TEMPLATE.format(model="Error")},
            {"properties": {"error": {"properties": details}}},
        ]
    }


def codes(status: int) -> list[str]:
    """The codes that a status goes with."""
    usual = [code for code, its_status in STATUS.items() if its_status == status]
    # well formed, but impossible as things stand
    return [*usual, "parameter_invalid"] if status == 422 else usual


def without_null(schema: Json) -> Json:
    """A schema of text in a query or a form, where there is no null."""
    choices: list[Json] = [each for each in schema.get("anyOf", []) if each != {"type": "null"}]
    if len(choices) != 1:
        return schema
    rest = {name: value for name, value in schema.items() if name not in ("anyOf", "default")}
    return {**choices[0], **rest}

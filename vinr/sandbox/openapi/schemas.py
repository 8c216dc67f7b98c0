"""JSON schemas: of parameters from their models, of answers from their types."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal, cast

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from ..dialects.objects import ErrorObject
from ..event_log import EVENT_TYPES
from ..refusal import ERROR_TYPE, STATUS
from .response_types import response_type_of

Json = dict[str, Any]

_TEMPLATE: Final = "#/components/schemas/{model}"


class _Generator(GenerateJsonSchema):
    """Leaves out titles that repeat a field's name, and allows no other fields in an object."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002 - pydantic's own
        return False

    def normalize_name(self, name: str) -> str:
        # the document calls an account Account, whatever our type of it is called
        return super().normalize_name(name).removesuffix("Object")

    def typed_dict_schema(self, schema: core_schema.TypedDictSchema) -> JsonSchemaValue:
        described: Json = {**super().typed_dict_schema(schema), "additionalProperties": False}
        described["title"] = self.normalize_name(described["title"])
        return described

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> JsonSchemaValue:
        described: Json = {**super().dataclass_schema(schema), "additionalProperties": False}
        properties: Json = described["properties"]
        # The discriminator of a kind has a default in Python, but is required in JSON.
        discriminators = [name for name, each in properties.items() if "const" in each]
        for name in discriminators:
            properties[name].pop("default", None)
        if discriminators:
            described["required"] = [*discriminators, *described.get("required", ())]
        return described


def parameters_schema(model: type[BaseModel]) -> tuple[Json, Json]:
    """The schema of an operation's parameters, and the components that it refers to."""
    schema = model.model_json_schema(schema_generator=_Generator, ref_template=_TEMPLATE)
    referred: Json = schema.pop("$defs", {})
    schema.pop("title", None)
    schema.pop("description", None)
    return schema, referred


def response_schemas(operations: Iterable[str]) -> tuple[Mapping[str, Json], Json]:
    """The schema of each operation's answer, and the components that they refer to."""
    types: dict[str, Any] = {name: response_type_of(name) for name in operations}
    adapters: list[tuple[str, Literal["serialization"], TypeAdapter[Any]]] = [
        (name, "serialization", TypeAdapter(type))
        for name, type in (types | {"": ErrorObject}).items()
    ]
    schemas, rest = TypeAdapter.json_schemas(
        adapters, schema_generator=_Generator, ref_template=_TEMPLATE
    )
    components = cast("Json", rest["$defs"])
    components["Event"]["properties"]["type"]["enum"] = [*EVENT_TYPES]
    return {name: schemas[name, "serialization"] for name in types}, components


def error_schema(status: int) -> Json:
    """The schema of an error, with the codes and the type of a status."""
    details = {"code": {"enum": codes(status)}, "type": {"const": ERROR_TYPE[status]}}
    return {
        "allOf": [
            {"$ref": _TEMPLATE.format(model="Error")},
            {"properties": {"error": {"properties": details}}},
        ]
    }


def codes(status: int) -> list[str]:
    """The codes of a status."""
    usual = [code for code, code_status in STATUS.items() if code_status == status]
    # well formed, but impossible in this state: see Impossible
    return [*usual, "parameter_invalid"] if status == 422 else usual


def without_null(schema: Json) -> Json:
    """A schema for a query or a form, where there is no null."""
    choices: list[Json] = [each for each in schema.get("anyOf", []) if each != {"type": "null"}]
    if len(choices) != 1:
        return schema
    rest = {name: value for name, value in schema.items() if name not in ("anyOf", "default")}
    return {**choices[0], **rest}

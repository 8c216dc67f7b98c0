"""Which operation can follow which: the id in an answer is the next one's parameter."""

from collections.abc import Sequence

from ..api.operation import Operation
from .schemas import Json

_ACCOUNTS = ("accounts", "loyalty_accounts")


def links_of(operation: Operation, operations: Sequence[Operation]) -> Json:
    """The operations that an answer leads to."""
    resource, _, verb = operation.name.rpartition(".")
    if verb != "create":
        return {}
    found = "$response.body#/id"
    followers = [other for other in operations if other.dialect is operation.dialect]
    by_path: Json = {
        other.name: {"operationId": other.name, "parameters": {"id": found}}
        for other in followers
        if other.name.startswith(f"{resource}.") and "<id>" in other.path
    }
    if resource not in _ACCOUNTS:
        return by_path
    return by_path | {
        other.name: _with_account(other, found)
        for other in followers
        if "account" in other.parameters.model_fields
    }


def _with_account(operation: Operation, found: str) -> Json:
    name = operation.dialect.parameter_names.get("account", "account")
    if operation.writes:
        return {"operationId": operation.name, "requestBody": {name: found}}
    return {"operationId": operation.name, "parameters": {name: found}}

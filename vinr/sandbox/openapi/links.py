"""Links: operations that take the id in another operation's answer as a parameter."""

from collections.abc import Sequence

from ..api.operation import Operation
from .schemas import Json

_ACCOUNTS = ("accounts", "loyalty_accounts")


def links_of(operation: Operation, operations: Sequence[Operation]) -> Json:
    """The operations that take the id in an answer."""
    resource, _, verb = operation.name.rpartition(".")
    if verb != "create":
        return {}
    id_in_answer = "$response.body#/id"
    followers = [other for other in operations if other.dialect is operation.dialect]
    by_path: Json = {
        other.name: {"operationId": other.name, "parameters": {"id": id_in_answer}}
        for other in followers
        if other.name.startswith(f"{resource}.") and "<id>" in other.path
    }
    if resource not in _ACCOUNTS:
        return by_path
    return by_path | {
        other.name: _with_account(other, id_in_answer)
        for other in followers
        if "account" in other.parameters.model_fields
    }


def _with_account(operation: Operation, account: str) -> Json:
    name = operation.dialect.parameter_names.get("account", "account")
    if operation.writes:
        return {"operationId": operation.name, "requestBody": {name: account}}
    return {"operationId": operation.name, "parameters": {name: account}}

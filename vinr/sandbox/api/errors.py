"""Refusals as the error objects of the wire."""

from pydantic_core import to_json

from ..refusal import Refusal
from .dialects import Dialect


def error_body(refusal: Refusal, dialect: Dialect, request_id: str) -> bytes:
    """The body of an error answer, with the account in the way by the dialect's id."""
    error: dict[str, object] = {
        "type": refusal.type,
        "code": refusal.code,
        "message": refusal.message,
    }
    if refusal.param is not None:
        error["param"] = refusal.param
    if refusal.existing_account is not None:
        error["resource"] = dialect.account_prefix + refusal.existing_account
    error["request_id"] = request_id
    return to_json({"error": error})

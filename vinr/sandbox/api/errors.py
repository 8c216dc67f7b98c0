"""Writes a refusal as an error object."""

from pydantic_core import to_json

from ..dialects.dialect import Dialect
from ..refusal import Refusal


def error_body(refusal: Refusal, dialect: Dialect, request_id: str) -> bytes:
    """The body of an error answer; an existing account has the dialect's id."""
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

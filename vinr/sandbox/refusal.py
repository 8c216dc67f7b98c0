"""How the service refuses a request: one exception, and the status and type of each code."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

STATUS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "request_invalid": 400,
        "body_invalid": 400,
        "parameter_invalid": 400,
        "parameter_missing": 400,
        "parameter_unknown": 400,
        "idempotency_key_invalid": 400,
        "api_key_missing": 401,
        "api_key_invalid": 401,
        "permission_denied": 403,
        "resource_missing": 404,
        "endpoint_unknown": 404,
        "method_not_allowed": 405,
        "account_already_exists": 409,
        "idempotency_conflict": 409,
        "idempotency_key_in_use": 409,
        "request_too_large": 413,
        "account_active": 422,
        "account_closed": 422,
        "account_merged": 422,
        "insufficient_points": 422,
        "redemption_applied": 422,
        "redemption_released": 422,
        "reward_inactive": 422,
        "rate_limited": 429,
        "internal_error": 500,
        "transfer_coding_unknown": 501,
        "store_busy": 503,
    }
)
"""The usual status of each code. Codes beyond the guide's own are our choice."""

ERROR_TYPE: Final[Mapping[int, str]] = MappingProxyType(
    {
        400: "invalid_request_error",
        401: "authentication_error",
        403: "permission_error",
        404: "not_found_error",
        405: "invalid_request_error",
        409: "conflict_error",
        413: "invalid_request_error",
        422: "unprocessable_error",
        429: "rate_limit_error",
        500: "api_error",
        503: "api_error",
    }
)
"""The ``type`` of an error by its status; an open string.

Source: our choice.
"""

_OTHER_TYPE: Final = ("invalid_request_error", "api_error")


class Refusal(Exception):
    """The service refuses a request; nothing was changed."""

    def __init__(
        self,
        code: str,
        message: str,
        *,
        param: str | None = None,
        existing_account: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        """Of the error object."""
        self.message = message
        """What is wrong."""
        self.param = param
        """The wrong parameter."""
        self.existing_account = existing_account
        """The key of the active account that the customer already has."""
        self.headers: Mapping[str, str] = headers or {}
        """Sent along with the answer."""

    @property
    def status(self) -> int:
        """The HTTP status of the answer."""
        return STATUS[self.code]

    @property
    def type(self) -> str:
        """The error's ``type`` on the wire."""
        return ERROR_TYPE.get(self.status, _OTHER_TYPE[self.status >= 500])


class Impossible(Refusal):
    """Well formed, but impossible in this state: 422, whatever the code's usual status."""

    @property
    def status(self) -> int:
        """422"""
        return 422


class SandboxClosedError(Exception):
    """The sandbox was closed; it answers no more requests."""

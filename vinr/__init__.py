"""The Python SDK for VINR's loyalty API."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from ._version import __version__

if TYPE_CHECKING:
    from . import events, loyalty
    from ._async.client import AsyncVinr
    from ._async.pages import AsyncPage
    from ._async.paginator import AsyncPaginator
    from ._config import Timeout
    from ._middleware import Attempt, AttemptOutcome, CallInfo, Middleware
    from ._models.deleted import Deleted
    from ._models.earning_rule import EarningRule
    from ._models.event import Event
    from ._models.linked import Customer, Tier
    from ._models.redemption import Redemption
    from ._models.response import LastResponse, RateLimit
    from ._models.reward import Reward
    from ._models.store_credit import StoreCredit
    from ._models.webhook_endpoint import WebhookEndpoint
    from ._module_level import LoyaltyAccount, PointsTransaction
    from ._protocol.raw_response import RawResponse
    from ._protocol.retry import RetryEvent
    from ._sync.client import Vinr
    from ._sync.pages import Page
    from .errors import (
        AccountAlreadyExistsError,
        APIConnectionError,
        APIResponseError,
        APIStatusError,
        APITimeoutError,
        AuthenticationError,
        BadRequestError,
        ConfigurationError,
        ConflictError,
        DeadlineExceededError,
        IdempotencyConflictError,
        InternalServerError,
        InvalidRequestError,
        NotFoundError,
        PaginationError,
        PaymentRequiredError,
        PermissionDeniedError,
        RateLimitError,
        UnprocessableError,
        VinrError,
        WebhookSignatureError,
    )
    from .webhooks import AsyncWebhookReceiver, Webhook, WebhookReceiver

__all__ = [
    "APIConnectionError",
    "APIResponseError",
    "APIStatusError",
    "APITimeoutError",
    "AccountAlreadyExistsError",
    "AsyncPage",
    "AsyncPaginator",
    "AsyncVinr",
    "AsyncWebhookReceiver",
    "Attempt",
    "AttemptOutcome",
    "AuthenticationError",
    "BadRequestError",
    "CallInfo",
    "ConfigurationError",
    "ConflictError",
    "Customer",
    "DeadlineExceededError",
    "Deleted",
    "EarningRule",
    "Event",
    "IdempotencyConflictError",
    "InternalServerError",
    "InvalidRequestError",
    "LastResponse",
    "LoyaltyAccount",
    "Middleware",
    "NotFoundError",
    "Page",
    "PaginationError",
    "PaymentRequiredError",
    "PermissionDeniedError",
    "PointsTransaction",
    "RateLimit",
    "RateLimitError",
    "RawResponse",
    "Redemption",
    "RetryEvent",
    "Reward",
    "StoreCredit",
    "Tier",
    "Timeout",
    "UnprocessableError",
    "Vinr",
    "VinrError",
    "Webhook",
    "WebhookEndpoint",
    "WebhookReceiver",
    "WebhookSignatureError",
    "__version__",
    "events",
    "loyalty",
]

secret_key: str | None = None
"""The key of the module level, ``vinr.LoyaltyAccount`` and so on; else ``VINR_SECRET_KEY``."""
default_client: Vinr | None = None
"""A client of your own for the module level, such as one of a sandbox in a test."""

_HOMES = {
    "AsyncPage": "._async.pages",
    "AsyncPaginator": "._async.paginator",
    "AsyncVinr": "._async.client",
    "Attempt": "._middleware",
    "AttemptOutcome": "._middleware",
    "CallInfo": "._middleware",
    "AsyncWebhookReceiver": ".webhooks",
    "Customer": "._models.linked",
    "Deleted": "._models.deleted",
    "EarningRule": "._models.earning_rule",
    "Event": "._models.event",
    "LastResponse": "._models.response",
    "LoyaltyAccount": "._module_level",
    "Middleware": "._middleware",
    "Page": "._sync.pages",
    "PointsTransaction": "._module_level",
    "RateLimit": "._models.response",
    "Redemption": "._models.redemption",
    "RawResponse": "._protocol.raw_response",
    "RetryEvent": "._protocol.retry",
    "Reward": "._models.reward",
    "StoreCredit": "._models.store_credit",
    "Tier": "._models.linked",
    "Timeout": "._config",
    "Vinr": "._sync.client",
    "Webhook": ".webhooks",
    "WebhookEndpoint": "._models.webhook_endpoint",
    "WebhookReceiver": ".webhooks",
}
"""Where a public name lives, other than the errors: loaded when it is first used."""


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name in ("events", "loyalty"):
        return importlib.import_module(f".{name}", __name__)
    found: object = getattr(importlib.import_module(_HOMES.get(name, ".errors"), __name__), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*__all__, "default_client", "secret_key"})

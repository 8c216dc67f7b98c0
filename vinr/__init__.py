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
    from ._models.event import Event
    from ._models.linked import Customer, Tier
    from ._models.response import LastResponse, RateLimit
    from ._module_level import LoyaltyAccount, PointsTransaction
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
    "AuthenticationError",
    "BadRequestError",
    "ConfigurationError",
    "ConflictError",
    "Customer",
    "DeadlineExceededError",
    "Event",
    "IdempotencyConflictError",
    "InternalServerError",
    "InvalidRequestError",
    "LastResponse",
    "LoyaltyAccount",
    "NotFoundError",
    "Page",
    "PaginationError",
    "PaymentRequiredError",
    "PermissionDeniedError",
    "PointsTransaction",
    "RateLimit",
    "RateLimitError",
    "RetryEvent",
    "Tier",
    "Timeout",
    "UnprocessableError",
    "Vinr",
    "VinrError",
    "Webhook",
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
    "AsyncWebhookReceiver": ".webhooks",
    "Customer": "._models.linked",
    "Event": "._models.event",
    "LastResponse": "._models.response",
    "LoyaltyAccount": "._module_level",
    "Page": "._sync.pages",
    "PointsTransaction": "._module_level",
    "RateLimit": "._models.response",
    "RetryEvent": "._protocol.retry",
    "Tier": "._models.linked",
    "Timeout": "._config",
    "Vinr": "._sync.client",
    "Webhook": ".webhooks",
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

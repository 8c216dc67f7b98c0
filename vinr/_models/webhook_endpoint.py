"""Where VINR sends events to: ``we_…``."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from .lenient import AnyText, OrNone, TimeOrNone
from .model import Model, ObjectId
from .optional import TextOrNone

EndpointStatus: TypeAlias = Annotated[Literal["enabled", "disabled"] | str, AnyText]
"""Open: VINR may add others."""


class WebhookEndpoint(Model):
    """An address of yours that VINR sends events to.

    Attributes:
        id: ``we_…``.
        url: The address.
        enabled_events: Which types of events are sent there; ``["*"]`` for all of them.
        status: ``enabled`` or ``disabled``; VINR may add others.
        secret: ``whsec_…``, for ``Webhook.construct_event``. It comes once, in the answer to
            ``create``, so keep it then; None in every other answer. No repr shows it; dumps of
            the object have it.
        created: When it was made, UTC, where VINR says so.

    Every field but ``id`` is None where the answer does not have it.

    Source: VINR's reference; ``created`` is inferred.
    """

    id: ObjectId
    """``we_…``."""
    url: TextOrNone = None
    """The address."""
    enabled_events: Annotated[list[str] | None, OrNone] = None
    """Which types of events are sent there; ``["*"]`` for all of them."""
    status: Annotated[EndpointStatus | None, OrNone] = None
    """``enabled`` or ``disabled``; VINR may add others."""
    secret: TextOrNone = Field(default=None, repr=False)
    """``whsec_…``, for ``Webhook.construct_event``. It comes once, in the answer to ``create``, so
    keep it then; None in every other answer. No repr shows it; dumps of the object have it."""
    created: TimeOrNone = None
    """When it was made, UTC, where VINR says so."""

# Generated from vinr/_async/webhook_endpoints.py; do not edit.
"""``client.webhook_endpoints``: where VINR sends events to."""

from __future__ import annotations

from collections.abc import Sequence

from .._calls.deletion import delete
from .._calls.pages import Window
from .._calls.webhook_endpoints import WEBHOOK_ENDPOINTS
from .._keywords import names_near_keywords
from .._models.deleted import Deleted
from .._models.webhook_endpoint import WebhookEndpoint
from .driver import Driver
from .pages import Page


@names_near_keywords
class WebhookEndpoints:
    """Make, look up, change and delete the addresses that events are sent to.

    Every method raises InvalidRequestError for arguments that VINR could only refuse, before
    anything is sent, and one of the other VinrErrors where the call fails.
    """

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    def create(
        self,
        *,
        url: str,
        enabled_events: Sequence[str],
        idempotency_key: str | None = None,
    ) -> WebhookEndpoint:
        """Makes an endpoint: events of these types are sent to ``url``, of all for ``["*"]``.

        Keep its ``secret``, for ``Webhook.construct_event``: VINR tells it here and never again.

        Source: VINR's reference.
        """
        new = {"url": url, "enabled_events": enabled_events}
        return self._driver.send(WEBHOOK_ENDPOINTS.create(new, idempotency_key))

    def retrieve(self, id: str) -> WebhookEndpoint:
        """The endpoint by its id, ``we_…``; its ``secret`` is None here.

        Source: VINR's reference.
        """
        return self._driver.send(WEBHOOK_ENDPOINTS.retrieve(id))

    def update(
        self,
        id: str,
        *,
        url: str | None = None,
        enabled_events: Sequence[str] | None = None,
        status: str | None = None,
        idempotency_key: str | None = None,
    ) -> WebhookEndpoint:
        """Changes an endpoint; ``status`` is ``enabled`` or ``disabled``.

        Parameters that are left out stay as they are.

        ``enabled_events`` takes the place of the whole list.

        Source: VINR's reference.
        """
        changes = {"url": url, "enabled_events": enabled_events, "status": status}
        return self._driver.send(WEBHOOK_ENDPOINTS.update(id, changes, idempotency_key))

    def delete(self, id: str, *, idempotency_key: str | None = None) -> Deleted:
        """Deletes an endpoint; nothing is sent there any more.

        After a lost answer the call is repeated, and that the endpoint is gone by then is no
        error. NotFoundError where it was not there to begin with.

        Source: our choice.
        """
        call = delete(WEBHOOK_ENDPOINTS, id, idempotency_key=idempotency_key)
        return self._driver.run(call)

    def list(
        self,
        *,
        limit: int | None = None,
        starting_after: str | None = None,
        ending_before: str | None = None,
        max_items: int | None = None,
        prefetch: int = 0,
    ) -> Page[WebhookEndpoint]:
        """Endpoints, newest first; this is the first page, iterate all of them.

        ``limit`` is the size of a page, 1 to 100; ``starting_after`` and ``ending_before``
        are cursors; ``max_items`` ends the iteration; ``prefetch=1`` fetches one page ahead.

        Source: VINR's reference.
        """
        window = Window(
            limit=limit,
            starting_after=starting_after,
            ending_before=ending_before,
            max_items=max_items,
            prefetch=prefetch,
        )
        return Page.fetch(self._driver, WEBHOOK_ENDPOINTS.list({}, window))

"""``client.webhook_endpoints``: where VINR sends events to."""

from __future__ import annotations

from collections.abc import Sequence

from .._calls.deletion import delete
from .._calls.pages import Window
from .._calls.webhook_endpoints import WEBHOOK_ENDPOINTS
from .._keywords import names_near_keywords
from .._models.deleted import Deleted
from .._models.webhook_endpoint import WebhookEndpoint
from .driver import AsyncDriver
from .paginator import AsyncPaginator, fetch


@names_near_keywords
class AsyncWebhookEndpoints:
    """Make, look up, change and delete the addresses that events are sent to.

    Source: VINR's reference.
    """

    def __init__(self, driver: AsyncDriver) -> None:
        self._driver = driver

    async def create(
        self,
        *,
        url: str,
        enabled_events: Sequence[str],
        idempotency_key: str | None = None,
    ) -> WebhookEndpoint:
        """Makes an endpoint: events of these types are sent to ``url``.

        Keep its ``secret``, for ``Webhook.construct_event``: VINR tells it here and never again.

        Args:
            url: The address, https.
            enabled_events: Types of events; ``["*"]`` for all.
            idempotency_key: Your own, such as ``ticket-4821``; one is made if left out.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            VinrError: The call failed; ``outcome_unknown`` tells whether it may have been executed.

        Source: VINR's reference.
        """
        new = {"url": url, "enabled_events": enabled_events}
        return await self._driver.send(WEBHOOK_ENDPOINTS.create(new, idempotency_key))

    async def retrieve(self, id: str) -> WebhookEndpoint:
        """The endpoint by its id; its ``secret`` is None here.

        Args:
            id: ``we_…``.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            NotFoundError: There is no such object, or not for this key.
            VinrError: The call failed: no connection, a refusal, an answer that cannot be read.

        Source: VINR's reference.
        """
        return await self._driver.send(WEBHOOK_ENDPOINTS.retrieve(id))

    async def update(
        self,
        id: str,
        *,
        url: str | None = None,
        enabled_events: Sequence[str] | None = None,
        status: str | None = None,
        idempotency_key: str | None = None,
    ) -> WebhookEndpoint:
        """Changes an endpoint. Parameters that are left out stay as they are.

        Args:
            id: ``we_…``.
            url: The address, https.
            enabled_events: In the place of the whole list.
            status: ``enabled`` or ``disabled``.
            idempotency_key: Your own, such as ``ticket-4821``; one is made if left out.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            NotFoundError: There is no such object, or not for this key.
            VinrError: The call failed; ``outcome_unknown`` tells whether it may have been executed.

        Source: VINR's reference.
        """
        changes = {"url": url, "enabled_events": enabled_events, "status": status}
        return await self._driver.send(WEBHOOK_ENDPOINTS.update(id, changes, idempotency_key))

    async def delete(self, id: str, *, idempotency_key: str | None = None) -> Deleted:
        """Deletes an endpoint; nothing is sent there any more.

        After a lost answer the call is repeated, and that the endpoint is gone by then is no error.

        Args:
            id: ``we_…``.
            idempotency_key: Your own, such as ``ticket-4821``; one is made if left out.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            NotFoundError: It was not there to begin with.
            VinrError: The call failed; ``outcome_unknown`` tells whether it may have been executed.

        Source: our choice.
        """
        call = delete(WEBHOOK_ENDPOINTS, id, idempotency_key=idempotency_key)
        return await self._driver.run(call)

    def list(
        self,
        *,
        limit: int | None = None,
        starting_after: str | None = None,
        ending_before: str | None = None,
        max_items: int | None = None,
        prefetch: int = 0,
    ) -> AsyncPaginator[WebhookEndpoint]:
        """Endpoints, newest first; await it for the first page, or iterate all of them.

        Args:
            limit: Size of a page, 1 to 100; VINR's own if left out.
            starting_after: An id: the list goes on behind it.
            ending_before: An id: what stands before it in the list.
            max_items: Ends the iteration after so many.
            prefetch: 1 fetches the next page while you work on this one.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            VinrError: A page did not come, or the list does not end (PaginationError).

        Source: VINR's reference.
        """
        window = Window(
            limit=limit,
            starting_after=starting_after,
            ending_before=ending_before,
            max_items=max_items,
            prefetch=prefetch,
        )
        return fetch(self._driver, WEBHOOK_ENDPOINTS.list({}, window))

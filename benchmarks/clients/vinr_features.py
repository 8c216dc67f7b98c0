"""How vinr does what the table of features asks for; each as its own pages have it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import vinr
from vinr import AsyncVinr, Middleware, Vinr, Webhook, WebhookReceiver
from vinr._sync.accounts import Accounts
from vinr._sync.transactions import Transactions
from vinr.otel import Tracing
from vinr.sandbox import Sandbox
from vinr.webhooks import MemoryStore

from .vinr_client import KEY, AsyncCalls, Calls

__all__ = ["AsyncCalls", "Calls"]

PACKAGE = vinr
DISTRIBUTION = "vinr"
CLIENTS = (Vinr, AsyncVinr, Accounts, Transactions)
BARE = False
KNOWN: dict[str, str] = {}
ENUM = ("status", "active")
SECRET = "whsec_1"


def client(origin: str, **options: object) -> Vinr:
    """A client with these options."""
    return Vinr(secret_key=KEY, base_url=f"{origin}/v1", **options)


def get(client: Vinr) -> object:
    """One member."""
    return client.loyalty.accounts.retrieve("loy_1")


def retries_of_client(origin: str, retries: int) -> None:
    """Set once for all calls."""
    get(client(origin, max_retries=retries))


def retries_of_call(origin: str, retries: int) -> None:
    """Set for one call."""
    get(client(origin).with_options(max_retries=retries))


def deadline(origin: str, seconds: float) -> None:
    """Ends after so many seconds, however many retries are left."""
    get(client(origin, max_retries=20, deadline=seconds))


def pages(origin: str) -> Iterator[object]:
    """The ledger, page by page."""
    return client(origin).loyalty.transactions.list(account="loy_1", limit=100).pages()


def backwards(origin: str, before: str) -> Iterator[object]:
    """All that stands before an id."""
    return iter(
        client(origin).loyalty.transactions.list(
            account="loy_1", ending_before=f"ptx_{before}", limit=100
        )
    )


def prefetching(calls: Calls) -> Iterator[object]:
    """The ledger, a page ahead of the reader."""
    return calls.items(prefetch=1)


def over(origin: str, http_client: object) -> None:
    """One call over an HTTP client of the caller's own."""
    get(client(origin, http_client=http_client))


def raw(origin: str) -> tuple[int, object]:
    """Status and headers of a call that gave a model."""
    answer = client(origin).with_raw_response(get)
    return answer.status_code, answer.headers


def hooked(origin: str, note: Callable[[], None]) -> None:
    """One call, of which each attempt is told."""

    class Noting(Middleware):
        def on_attempt(self, _: object) -> None:
            note()

    get(client(origin, middleware=[Noting()]))


def traced(origin: str) -> None:
    """One call with spans of the library's own."""
    get(client(origin, middleware=[Tracing()]))


def endpoint(origin: str) -> None:
    """A path that no method is made for."""
    client(origin).request("GET", "/brand_new")


def verifies(payload: bytes, signed: bytes) -> None:
    """Raises unless the signature is the payload's."""
    Webhook.construct_event(payload, Webhook.sign(signed, SECRET), SECRET)


def handled(payload: bytes, times: int) -> int:
    """How often a handler is called for so many deliveries of one event."""
    events: list[object] = []
    receiver = WebhookReceiver(SECRET, MemoryStore())
    for _ in range(times):
        receiver.receive(payload, {"Vinr-Signature": Webhook.sign(payload, SECRET)}, events.append)
    return len(events)


def offline() -> bool:
    """What was written is read again, and nothing was sent."""
    with Sandbox() as sandbox:
        accounts = sandbox.client().loyalty.accounts
        made = accounts.create(program="prog_default", customer="cust_1")
        return accounts.retrieve(made.id) == made

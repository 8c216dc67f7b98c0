"""How stripe does what the table of features asks for; each as its own pages have it."""

from __future__ import annotations

from collections.abc import Iterator

import stripe
from stripe import (
    CustomerService,
    HTTPXClient,
    RequestsClient,
    StripeClient,
    Webhook,
    WebhookSignature,
)

from .stripe_client import AsyncCalls, Calls

__all__ = ["AsyncCalls", "Calls"]

PACKAGE = stripe
DISTRIBUTION = "stripe"
CLIENTS = (StripeClient, RequestsClient, HTTPXClient, CustomerService)
BARE = False
KNOWN = {
    "enable_telemetry": "tells stripe how long calls took",
}
ENUM = ("tax_exempt", "none")
SECRET = "whsec_1"


def client(origin: str, **options: object) -> StripeClient:
    """A client with these options."""
    addresses = {"api": origin, "files": origin}
    return StripeClient("sk_test_1", base_addresses=addresses, **options)


def get(client: StripeClient) -> object:
    """One customer."""
    return client.v1.customers.retrieve("cus_1")


def retries_of_client(origin: str, retries: int) -> None:
    """Set once for all calls."""
    get(client(origin, max_network_retries=retries))


def retries_of_call(origin: str, retries: int) -> None:
    """Set for one call."""
    options = {"max_network_retries": retries}
    client(origin).v1.customers.retrieve("cus_1", options=options)


def pages(origin: str) -> Iterator[object]:
    """The customers, page by page."""
    page = client(origin).v1.customers.list({"limit": 100})
    while not page.is_empty:
        yield page
        page = page.next_page()


def backwards(origin: str, before: str) -> Iterator[object]:
    """All that stands before an id."""
    asked = {"limit": 100, "ending_before": f"cus_{before}"}
    return client(origin).v1.customers.list(asked).auto_paging_iter()


def over(origin: str, http_client: object) -> None:
    """One call over an HTTP client of the caller's own."""
    get(client(origin, http_client=RequestsClient(session=http_client)))


def raw(origin: str) -> tuple[int, object]:
    """Status and headers of a call that gave a model."""
    answer = get(client(origin)).last_response
    return answer.code, answer.headers


def upload(origin: str) -> None:
    """A file."""
    params = {"purpose": "dispute_evidence", "file": ("proof.txt", b"proof", "text/plain")}
    client(origin).v1.files.create(params)


def streamed(origin: str) -> Iterator[object]:
    """A body, as it comes."""
    answer = client(origin).v1.quotes.pdf("qt_1")
    while piece := answer.io.readline():
        yield piece


async def over_aiohttp(origin: str) -> None:
    """One call over aiohttp."""
    mine = client(origin, http_client=stripe.AIOHTTPClient())
    await mine.v1.customers.retrieve_async("cus_1")


def endpoint(origin: str) -> None:
    """A path that no method is made for."""
    client(origin).raw_request("get", "/v1/brand_new")


def verifies(payload: bytes, signed: bytes) -> None:
    """Raises unless the signature is the payload's."""
    header = WebhookSignature.generate_signature_header(signed.decode(), SECRET)
    Webhook.construct_event(payload, header, SECRET)

"""How square does what the table of features asks for; each as its own pages have it."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator

import square
from square import AsyncSquare, Square
from square.customers.client import CustomersClient
from square.loyalty.accounts.client import AccountsClient
from square.utils.webhooks_helper import verify_signature

from .square_client import POINTS, AsyncCalls, Calls

__all__ = ["AsyncCalls", "Calls"]

PACKAGE = square
DISTRIBUTION = "squareup"
CLIENTS = (Square, AsyncSquare, AccountsClient, CustomersClient)
BARE = False
KNOWN = {"http_sse": "for streams, and no endpoint has one"}
ENUM = ("creation_source", "THIRD_PARTY")
SECRET = "secret"
URL = "https://shop.example/webhooks"


def client(origin: str, **options: object) -> Square:
    """A client with these options."""
    return Square(token="sk_test_1", base_url=origin, **options)


def get(client: Square) -> object:
    """One member."""
    return client.loyalty.accounts.get("acc_1").loyalty_account


def get_with_enum(client: Square) -> object:
    """An object with a value of a fixed set; a member has none."""
    return next(iter(client.customers.list(limit=100)))


def post_without_key(calls: Calls) -> None:
    """One adjustment, and no key with it."""
    calls.accounts.adjust("acc_1", adjust_points=POINTS)


def retries_of_call(origin: str, retries: int) -> None:
    """Set for one call."""
    options = {"max_retries": retries}
    client(origin).loyalty.accounts.get("acc_1", request_options=options)


def pages(origin: str) -> Iterator[object]:
    """The customers, page by page."""
    return client(origin).customers.list(limit=100).iter_pages()


def over(origin: str, http_client: object) -> None:
    """One call over an HTTP client of the caller's own."""
    get(client(origin, httpx_client=http_client))


def raw(origin: str) -> tuple[int, object]:
    """Status and headers of a call that gave a model."""
    answer = client(origin).loyalty.accounts.with_raw_response.get("acc_1")
    return answer.status_code, answer.headers


def upload(origin: str) -> None:
    """A file."""
    evidence = {"idempotency_key": "key_1"}
    file = ("proof.txt", b"proof", "text/plain")
    client(origin).disputes.create_evidence_file("dis_1", request=evidence, image_file=file)


def verifies(payload: bytes, signed: bytes) -> None:
    """Raises unless the signature is the payload's."""
    digest = hmac.digest(SECRET.encode(), URL.encode() + signed, hashlib.sha256)
    if not verify_signature(
        request_body=payload.decode(),
        signature_header=base64.b64encode(digest).decode(),
        signature_key=SECRET,
        notification_url=URL,
    ):
        raise ValueError("not signed")

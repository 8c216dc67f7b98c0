"""How bare httpx does what the table of features asks for; each as its own pages have it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import httpx

from .httpx_client import HEADERS, AsyncCalls, Calls

__all__ = ["AsyncCalls", "Calls"]

PACKAGE = httpx
DISTRIBUTION = "httpx"
CLIENTS = (httpx.Client, httpx.AsyncClient, httpx.HTTPTransport)
BARE = True
KNOWN: dict[str, str] = {}


def client(origin: str, **options: object) -> httpx.Client:
    """A client with these options."""
    return httpx.Client(base_url=origin, headers=HEADERS, **options)


def get(client: httpx.Client) -> object:
    """One member."""
    return client.get("/v1/loyalty/accounts/loy_1").raise_for_status().json()


def retries_of_client(origin: str, retries: int) -> None:
    """Set once for all calls."""
    get(client(origin, transport=httpx.HTTPTransport(retries=retries)))


def hooked(origin: str, note: Callable[[], None]) -> None:
    """One call, of which each attempt is told."""
    get(client(origin, event_hooks={"request": [lambda _: note()]}))


def upload(origin: str) -> None:
    """A file."""
    client(origin).post("/v1/files", files={"file": b"proof"})


def streamed(origin: str) -> Iterator[object]:
    """A body, as it comes."""
    with client(origin).stream("GET", "/v1/stream") as answer:
        yield from answer.iter_lines()


def endpoint(origin: str) -> None:
    """A path that no method is made for."""
    client(origin).get("/v1/brand_new")

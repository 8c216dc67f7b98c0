"""How bare requests does what the table of features asks for; each as its own pages have it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import requests
from requests.adapters import HTTPAdapter
from urllib3 import Retry

from .requests_client import Calls

__all__ = ["Calls"]

PACKAGE = requests
DISTRIBUTION = "requests"
CLIENTS = (requests.Session, HTTPAdapter)
BARE = True
KNOWN: dict[str, str] = {}


def client(origin: str, **options: object) -> requests.Session:
    """A session with these attributes."""
    session = requests.Session()
    session.headers["X-Api-Key"] = "sk_test_1"
    session.origin = origin
    for name, value in options.items():
        setattr(session, name, value)
    return session


def get(client: requests.Session) -> object:
    """One member."""
    answer = client.get(f"{client.origin}/v1/loyalty/accounts/loy_1")
    answer.raise_for_status()
    return answer.json()


def retries_of_client(origin: str, retries: int) -> None:
    """Set once for all calls."""
    session = client(origin)
    retry = Retry(total=retries, status_forcelist=[503])
    session.mount("http://", HTTPAdapter(max_retries=retry))
    get(session)


def hooked(origin: str, note: Callable[[], None]) -> None:
    """One call, of which each answer is told."""
    get(client(origin, hooks={"response": [lambda *_, **__: note()]}))


def upload(origin: str) -> None:
    """A file."""
    client(origin).post(f"{origin}/v1/files", files={"file": b"proof"})


def streamed(origin: str) -> Iterator[object]:
    """A body, as it comes."""
    with client(origin).get(f"{origin}/v1/stream", stream=True) as answer:
        yield from answer.iter_lines(chunk_size=1)


def endpoint(origin: str) -> None:
    """A path that no method is made for."""
    client(origin).get(f"{origin}/v1/brand_new")

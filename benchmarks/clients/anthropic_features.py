"""How anthropic does what the table of features asks for; each as its own pages have it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import anthropic
from anthropic import Anthropic, AsyncAnthropic, DefaultAioHttpClient
from anthropic.resources import Messages, Models

from .anthropic_client import MESSAGES, AsyncCalls, Calls
from .webhook_signatures import SECRET, signed_headers

__all__ = ["AsyncCalls", "Calls"]

PACKAGE = anthropic
DISTRIBUTION = "anthropic"
CLIENTS = (Anthropic, AsyncAnthropic, Messages, Models)
BARE = False
KNOWN = {
    "DeadlineExceededError": "its name for a 504",
    "SandboxEgressRestrictedError": "an answer about a sandbox on the server",
}
ENUM = ("type", "model")


def client(origin: str, **options: object) -> Anthropic:
    """A client with these options."""
    return Anthropic(api_key="sk_test_1", base_url=origin, **options)


def get(client: Anthropic) -> object:
    """One model."""
    return client.models.retrieve("model_1")


def retries_of_client(origin: str, retries: int) -> None:
    """Set once for all calls."""
    get(client(origin, max_retries=retries))


def retries_of_call(origin: str, retries: int) -> None:
    """Set for one call."""
    get(client(origin).with_options(max_retries=retries))


def pages(origin: str) -> Iterator[object]:
    """The models, page by page."""
    return client(origin).models.list(limit=100).iter_pages()


def backwards(origin: str, before: str) -> Iterator[object]:
    """All that stands before an id."""
    return iter(client(origin).models.list(limit=100, before_id=f"model_{before}"))


def over(origin: str, http_client: object) -> None:
    """One call over an HTTP client of the caller's own."""
    get(client(origin, http_client=http_client))


def raw(origin: str) -> tuple[int, object]:
    """Status and headers of a call that gave a model."""
    answer = client(origin).models.with_raw_response.retrieve("model_1")
    return answer.status_code, answer.headers


def hooked(origin: str, note: Callable[[], None]) -> None:
    """One call, of which each attempt is told."""

    def noting(request: object, call_next: Callable[[object], object]) -> object:
        note()
        return call_next(request)

    get(client(origin, middleware=[noting]))


def traced(origin: str) -> None:
    """One call with spans of the library's own."""
    get(client(origin))


def upload(origin: str) -> None:
    """A file."""
    client(origin).beta.files.upload(file=("proof.txt", b"proof", "text/plain"))


def streamed(origin: str) -> Iterator[object]:
    """Events, as they come."""
    return iter(
        client(origin).messages.create(
            model="model_1", messages=MESSAGES, max_tokens=9, stream=True
        )
    )


async def over_aiohttp(origin: str) -> None:
    """One call over aiohttp."""
    async with DefaultAioHttpClient() as http_client:
        mine = AsyncAnthropic(api_key="sk_test_1", base_url=origin, http_client=http_client)
        await mine.models.retrieve("model_1")


def endpoint(origin: str) -> None:
    """A path that no method is made for."""
    client(origin).get("/v1/brand_new", cast_to=object)


def verifies(payload: bytes, signed: bytes) -> None:
    """Raises unless the signature is the payload's."""
    headers = signed_headers(signed)
    client("http://127.0.0.1").beta.webhooks.unwrap(payload.decode(), headers=headers, key=SECRET)

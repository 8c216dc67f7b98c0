"""How openai does what the table of features asks for; each as its own pages have it."""

from __future__ import annotations

from collections.abc import Iterator

import openai
from openai import AsyncOpenAI, DefaultAioHttpClient, OpenAI
from openai.resources import VectorStores

from .openai_client import AsyncCalls, Calls
from .webhook_signatures import SECRET, signed_headers

__all__ = ["AsyncCalls", "Calls"]

PACKAGE = openai
DISTRIBUTION = "openai"
CLIENTS = (OpenAI, AsyncOpenAI, VectorStores)
BARE = False
KNOWN: dict[str, str] = {}
ENUM = ("status", "completed")


def client(origin: str, **options: object) -> OpenAI:
    """A client with these options."""
    return OpenAI(api_key="sk_test_1", base_url=f"{origin}/v1", **options)


def get(client: OpenAI) -> object:
    """One vector store."""
    return client.vector_stores.retrieve("vs_1")


def retries_of_client(origin: str, retries: int) -> None:
    """Set once for all calls."""
    get(client(origin, max_retries=retries))


def retries_of_call(origin: str, retries: int) -> None:
    """Set for one call."""
    get(client(origin).with_options(max_retries=retries))


def pages(origin: str) -> Iterator[object]:
    """The stores, page by page."""
    return client(origin).vector_stores.list(limit=100).iter_pages()


def backwards(origin: str, before: str) -> Iterator[object]:
    """All that stands before an id."""
    return iter(client(origin).vector_stores.list(limit=100, before=f"vs_{before}"))


def over(origin: str, http_client: object) -> None:
    """One call over an HTTP client of the caller's own."""
    get(client(origin, http_client=http_client))


def raw(origin: str) -> tuple[int, object]:
    """Status and headers of a call that gave a model."""
    answer = client(origin).vector_stores.with_raw_response.retrieve("vs_1")
    return answer.status_code, answer.headers


def upload(origin: str) -> None:
    """A file."""
    client(origin).files.create(file=("proof.txt", b"proof"), purpose="assistants")


def streamed(origin: str) -> Iterator[object]:
    """Events, as they come."""
    messages = [{"role": "user", "content": "Ada"}]
    return iter(
        client(origin).chat.completions.create(model="model_1", messages=messages, stream=True)
    )


async def over_aiohttp(origin: str) -> None:
    """One call over aiohttp."""
    async with DefaultAioHttpClient() as http_client:
        mine = AsyncOpenAI(api_key="sk_test_1", base_url=f"{origin}/v1", http_client=http_client)
        await mine.vector_stores.retrieve("vs_1")


def endpoint(origin: str) -> None:
    """A path that no method is made for."""
    client(origin).get("/brand_new", cast_to=object)


def verifies(payload: bytes, signed: bytes) -> None:
    """Raises unless the signature is the payload's."""
    client("").webhooks.unwrap(payload, signed_headers(signed), secret=SECRET)

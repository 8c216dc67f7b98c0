"""A shop's API with FastAPI, and one AsyncVinr for its lifetime. Start it with one command:

    uvicorn examples.fastapi_shop:app

The key comes from VINR_SECRET_KEY, the secret of its webhooks from VINR_WEBHOOK_SECRET. Its
test-suite is examples/test_fastapi_shop.py.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated, TypedDict

from fastapi import Depends, FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from examples import shop_members
from vinr import AsyncVinr, AsyncWebhookReceiver, Event, VinrError, WebhookSignatureError
from vinr.webhooks import MemoryStore


class State(TypedDict):
    """What all requests share."""

    client: AsyncVinr


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncGenerator[State]:
    """The client is made when the server starts, and closed when it ends."""
    async with AsyncVinr(deadline=5.0) as client:  # a request does not wait longer than that
        yield {"client": client}


app = FastAPI(lifespan=lifespan)
receiver = AsyncWebhookReceiver(None, MemoryStore())  # several processes need RedisStore


def client_of(request: Request) -> AsyncVinr:
    """The one client; tests put another in its place."""
    client: AsyncVinr = request.state.client
    return client


Client = Annotated[AsyncVinr, Depends(client_of)]


class Member(BaseModel):
    """A member, as the shop shows it."""

    id: str
    balance: int
    tier: str | None


class Purchase(BaseModel):
    """A purchase: one point for each whole unit of currency."""

    order: str
    amount: int


@app.get("/members/{customer}")
async def member(customer: str, client: Client) -> Member:
    """The customer's member, who is enrolled at the first visit."""
    account, _created = await client.loyalty.accounts.get_or_create(
        program="prog_default", customer=customer
    )
    return Member(id=account.id, balance=account.balance, tier=account.tier_id)


@app.post("/members/{customer}/purchases")
async def purchase(customer: str, bought: Purchase, client: Client) -> Member:
    """Points for a purchase, once however often it is sent."""
    enrolled = await member(customer, client)
    await client.loyalty.transactions.post_once(
        account=enrolled.id, amount=bought.amount, reason="purchase", reference=bought.order
    )
    return await member(customer, client)


@app.post("/vinr/webhooks")
async def receive(request: Request, client: Client) -> Response:
    """Where VINR sends events. An error of ``handle`` becomes no 2xx, and VINR sends again."""

    async def handle(event: Event) -> None:
        account = await receiver.current_account(event, client)
        if account is not None:
            await run_in_threadpool(shop_members.note, event, account)  # SQLite blocks

    try:
        receipt = await receiver.receive(await request.body(), request.headers, handle)
    except WebhookSignatureError:
        return Response(status_code=400)
    return Response(status_code=receipt.status)


@app.exception_handler(VinrError)
async def unavailable(_request: Request, error: VinrError) -> JSONResponse:
    """VINR refused, or did not answer: the customer may try again, a purchase is kept once."""
    is_away = error.status is None or error.status == 429 or error.status >= 500
    return JSONResponse({"detail": type(error).__name__}, 503 if is_away else 502)

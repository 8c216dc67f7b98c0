"""Settles postings whose outcome is unknown, later, in a Celery worker. Try it with one command:

    python -m examples.settle_with_celery cust_1 500

It posts points, and writes the posting's idempotency key down before. Where no answer came, a
worker (prefork) repeats the posting with this key until it knows: VINR posts it once. The API's key
comes from VINR_SECRET_KEY; the postings are in the file PENDING_POSTINGS.
"""

from __future__ import annotations

import argparse
import gc
import os
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

from celery import Celery
from celery.result import AsyncResult

from examples.celery_worker import running_worker
from examples.shared_rate import running_redis
from vinr import (
    BadRequestError,
    IdempotencyConflictError,
    NotFoundError,
    UnprocessableError,
    Vinr,
    VinrError,
)

app = Celery("settle_with_celery")
app.conf.update(
    task_acks_late=True,  # a task whose worker is killed is delivered again
    task_reject_on_worker_lost=True,
    broker_connection_retry_on_startup=True,
)
# Made before the worker forks; each of its processes makes connections of its own.
client = Vinr(max_retries=0)  # the worker repeats it, so nobody waits at a till


class UnknownOutcomeError(Exception):
    """VINR did not answer: the task is repeated."""


def post(account: str, amount: int) -> AsyncResult[str] | None:
    """Posts points; where the outcome is unknown, returns the task that settles it."""
    key = str(uuid4())
    with _postings() as postings:
        postings.execute("INSERT INTO postings VALUES (?, ?, ?, NULL)", (key, account, amount))
    try:
        print(f"{key}: {_send(key)}", flush=True)
        return None
    except UnknownOutcomeError:
        print(f"{key}: unknown", flush=True)
        return settle.delay(key)


# Soon and often at first: how long VINR knows a key it does not say.
@app.task(
    name="settle",
    autoretry_for=(UnknownOutcomeError,),
    max_retries=None,
    retry_backoff=True,
    retry_backoff_max=60,
)
def settle(key: str) -> str:
    """Repeats a posting with its own key until there is an answer."""
    return _send(key)


def _send(key: str) -> str:
    with _postings() as postings:
        account, amount, outcome = postings.execute(
            "SELECT account, amount, outcome FROM postings WHERE key = ?", (key,)
        ).fetchone()
    if outcome is not None:
        return str(outcome)
    try:
        client.loyalty.transactions.create(account=account, amount=amount, idempotency_key=key)
        outcome = "posted"
    except (BadRequestError, NotFoundError, UnprocessableError, IdempotencyConflictError) as error:
        outcome = f"refused: {error.code}"
    except VinrError as error:
        raise UnknownOutcomeError(str(error)) from None
    with _postings() as postings:
        postings.execute("UPDATE postings SET outcome = ? WHERE key = ?", (outcome, key))
    return outcome


@contextmanager
def _postings() -> Generator[sqlite3.Connection]:
    path = os.environ.setdefault("PENDING_POSTINGS", str(Path("postings.sqlite").resolve()))
    with closing(sqlite3.connect(path, timeout=30)) as database, database:
        database.execute(
            "CREATE TABLE IF NOT EXISTS postings"
            " (key TEXT PRIMARY KEY, account TEXT, amount INTEGER, outcome TEXT)"
        )
        yield database


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("customer")
    parser.add_argument("points", type=int)
    arguments = parser.parse_args()

    account, _created = client.loyalty.accounts.get_or_create(
        program="prog_default", customer=arguments.customer
    )
    with running_redis() as redis_url:
        os.environ.update(CELERY_BROKER_URL=redis_url, CELERY_RESULT_BACKEND=redis_url)
        task = post(account.id, arguments.points)
        if task is not None:
            with running_worker(__spec__.name, 2):
                print(f"settled: {task.get(timeout=60)}", flush=True)
                del task
                gc.collect()  # a result that is freed tells Redis, so let it while there is one


if __name__ == "__main__":
    main()

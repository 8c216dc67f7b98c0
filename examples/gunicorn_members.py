"""A service under gunicorn, loaded before its workers are forked. Start it with one command:

    gunicorn --preload --workers 2 examples.gunicorn_members:app

The key comes from VINR_SECRET_KEY. The client is made once, before the fork, and has a connection
open by then. Each worker makes connections of its own: two processes that read from one connection
would read each other's answers.
"""

from __future__ import annotations

import os

from flask import Flask

from vinr import Vinr

app = Flask(__name__)
client = Vinr(deadline=5.0)
client.loyalty.accounts.list(limit=1)  # a key that does not hold ends the start, not a request


@app.get("/members/<customer>")
def member(customer: str) -> dict[str, str | int]:
    """The customer's member, and the worker that answered."""
    account, _created = client.loyalty.accounts.get_or_create(
        program="prog_default", customer=customer
    )
    return {
        "customer": account.customer_id or "",
        "balance": account.balance,
        "worker": os.getpid(),
    }

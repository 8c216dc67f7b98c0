"""A webhook receiver with Flask. Start it with one command:

    flask --app examples.flask_webhooks run

The secret comes from VINR_WEBHOOK_SECRET, the key from VINR_SECRET_KEY. The shop's table of members
is in the file SHOP_DATABASE, and so is what the receiver has handled.
"""

from __future__ import annotations

from flask import Flask, request

from examples import shop_members
from vinr import Event, Vinr, WebhookReceiver, WebhookSignatureError
from vinr.webhooks import SQLiteStore

app = Flask(__name__)
client = Vinr()  # one for the process: threads share it
receiver = WebhookReceiver(None, SQLiteStore(shop_members.FILE))


def handle(event: Event) -> None:
    """Runs to its end once for each event; the account is read anew, the event may be old."""
    account = receiver.current_account(event, client)
    if account is not None:
        shop_members.note(event, account)


@app.post("/vinr/webhooks")
def receive() -> tuple[str, int]:
    """Where VINR sends events. An error of ``handle`` becomes a 500, and VINR sends again."""
    try:
        receipt = receiver.receive(request.get_data(), request.headers, handle)
    except WebhookSignatureError:
        return "", 400
    return "", receipt.status

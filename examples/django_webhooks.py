"""A webhook receiver with Django, in one file. Start it with one command:

    python -m examples.django_webhooks

The secret comes from VINR_WEBHOOK_SECRET, the key from VINR_SECRET_KEY. The shop's table of members
is in the file SHOP_DATABASE, and so is what the receiver has handled.
"""

from __future__ import annotations

import secrets
import sys

from django.conf import settings
from django.core.management import execute_from_command_line
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from examples import shop_members
from vinr import Event, Vinr, WebhookReceiver, WebhookSignatureError
from vinr.webhooks import SQLiteStore

settings.configure(
    ROOT_URLCONF=__name__,
    SECRET_KEY=secrets.token_hex(),  # nothing is signed with it here
    ALLOWED_HOSTS=["127.0.0.1", "localhost"],
)
client = Vinr()  # one for the process: threads share it
receiver = WebhookReceiver(None, SQLiteStore(shop_members.FILE))


def handle(event: Event) -> None:
    """Runs to its end once for each event; the account is read anew, the event may be old."""
    account = receiver.current_account(event, client)
    if account is not None:
        shop_members.note(event, account)


@csrf_exempt  # VINR has no CSRF token; the signature is the proof
@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    """Where VINR sends events. An error of ``handle`` becomes a 500, and VINR sends again."""
    try:
        receipt = receiver.receive(request.body, request.headers, handle)
    except WebhookSignatureError:
        return HttpResponse(status=400)
    return HttpResponse(status=receipt.status)


urlpatterns = [path("vinr/webhooks", receive)]

if __name__ == "__main__":
    execute_from_command_line([sys.argv[0], "runserver", "--noreload", *sys.argv[1:]])

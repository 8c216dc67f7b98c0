"""A handler for AWS Lambda and its like, the client made once for all calls. Try it with:

    python -m examples.lambda_handler

The command reads one call a line from its input, such as ``{"customer": "cust_1", "order": "o-1",
"points": 80}``, and writes each answer. The key comes from VINR_SECRET_KEY.

Between two calls the process is frozen, for seconds or for an hour. The client's connections are
dead by then. It notices, and connects anew.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any, Protocol

from vinr import BadRequestError, ConflictError, NotFoundError, UnprocessableError, Vinr

client = Vinr()  # not in the handler: a warm call has no handshake to wait for

SPARE_SECONDS = 0.5
"""Left for the answer, so that the runtime does not kill a call whose outcome is then unknown."""


class Context(Protocol):
    """What the runtime tells of a call."""

    def get_remaining_time_in_millis(self) -> int:
        """How long the call may still take."""
        ...


def handler(event: Mapping[str, Any], context: Context) -> dict[str, Any]:
    """Posts a purchase's points, once however often the runtime repeats the call.

    It is repeated where this raises: VINR was away, or the outcome is unknown.
    """
    seconds = context.get_remaining_time_in_millis() / 1000 - SPARE_SECONDS
    vinr = client.with_options(deadline=max(seconds, 0.1))
    try:
        account, _created = vinr.loyalty.accounts.get_or_create(
            program="prog_default", customer=event["customer"]
        )
        _entry, posted = vinr.loyalty.transactions.post_once(
            account=account.id, amount=event["points"], reference=event["order"]
        )
    except (BadRequestError, NotFoundError, ConflictError, UnprocessableError) as error:
        return {"statusCode": error.status, "body": error.code}  # it would be refused again
    return {"statusCode": 200, "body": "posted" if posted else "was posted before"}


class TenSeconds:
    """The context of a call on this machine."""

    def get_remaining_time_in_millis(self) -> int:
        """Always ten seconds."""
        return 10_000


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(handler(json.loads(line), TenSeconds())), flush=True)

"""The guide's redemptions: what can be asked of ``/v1/loyalty/redemptions``."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from .._models.envelope import Envelope
from .._models.loyalty_redemption import Redemption
from .._models.model import LAST_RESPONSE
from ..errors import APIStatusError, ConflictError, UnprocessableError, VinrError
from . import checks
from .call import Plan, result_of
from .collection import Collection

LOYALTY_REDEMPTIONS: Final[Collection[Redemption]] = Collection(
    name="loyalty.redemptions",
    path="/loyalty/redemptions",
    model=Redemption,
    page=Envelope[Redemption],
    encoding="json",
    parameters={"account": checks.object_id, "reward": checks.object_id},
    required=("account", "reward"),
    about=("account", "reward"),
)


def release(id: str, *, idempotency_key: str | None) -> Plan[Redemption]:
    """``POST /v1/loyalty/redemptions/{id}/release``.

    VINR does not document how it refuses to release twice. So where an attempt got no answer and
    the next one is refused, the redemption is read: if it is released, the first one did it.
    """
    id = checks.object_id("id", id)
    call = LOYALTY_REDEMPTIONS.post(
        "release",
        LOYALTY_REDEMPTIONS.path_of(id, "/release"),
        None,
        idempotency_key=idempotency_key,
        expected={"id": id},
    )
    try:
        return (yield from result_of(call))
    except (ConflictError, UnprocessableError) as error:
        released = yield from _released_before(id, error)
        if released is None:
            raise
        return released


def _released_before(id: str, refusal: APIStatusError) -> Plan[Redemption | None]:
    """The redemption, where an attempt of the same call has released it; else None."""
    answer = refusal.last_response
    # a kept answer is the one to the first attempt, so nothing had been released
    if answer is None or not answer.unanswered or refusal.replayed:
        return None
    try:
        found = yield from result_of(LOYALTY_REDEMPTIONS.retrieve(id))
    except VinrError:
        refusal.outcome_unknown = True
        return None
    if found.status != "released":
        return None
    reading = found.last_response
    vars(found)[LAST_RESPONSE] = replace(
        reading,
        attempts=answer.attempts + reading.attempts,
        idempotency_key=answer.idempotency_key,
    )
    return found

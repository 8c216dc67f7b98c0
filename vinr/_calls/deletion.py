"""Deleting an object, also where the answer that says so is lost."""

from __future__ import annotations

from .._models.deleted import Deleted
from .._models.envelope import ItemT
from .._models.model import LAST_RESPONSE
from ..errors import NotFoundError
from . import checks
from .call import Call, Plan, result_of
from .resource import Resource


def delete(resource: Resource[ItemT], id: str, *, idempotency_key: str | None) -> Plan[Deleted]:
    """``DELETE /{collection}/{id}``.

    VINR documents idempotency keys for POST alone. So where an attempt got no answer and the next
    one meets no such object any more, the first one has deleted it.
    """
    id = checks.object_id("id", id)
    call = Call(
        operation=f"{resource.name}.delete",
        method="DELETE",
        path=resource.path_of(id),
        result=Deleted,
        idempotency_key=checks.idempotency_key(idempotency_key),
        expected={"id": id},
    )
    try:
        return (yield from result_of(call))
    except NotFoundError as error:
        answer = error.last_response
        # a page of some proxy's has no code, and a kept answer is the one to the first attempt
        if answer is None or not answer.unanswered or error.code is None or error.replayed:
            raise
        gone = Deleted.model_validate({"id": id, "deleted": True})
        vars(gone)[LAST_RESPONSE] = answer
        return gone

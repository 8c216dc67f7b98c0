"""The echo of our own success: a refusal after a lost answer, settled by reading the account."""

from __future__ import annotations

from ..calls import checks
from ..calls.call import Call, ResultT, path_of
from ..errors import AccountAlreadyExistsError, InvalidRequestError, VinrError
from ..models.model import Model


def question(call: Call[ResultT], error: VinrError) -> Call[ResultT] | None:
    """The GET that tells whether this refusal is the echo of ``call``; None where it is not."""
    echo = call.echo
    if echo is None or error.code not in echo.codes:
        return None
    account = echo.account or _checked(_named_by(error))
    if account is None or (echo.named and not _names(error, account)):
        return None
    return Call(
        operation=call.operation,
        method="GET",
        path=path_of(*echo.collection, account),
        query=echo.query,
        result=call.result,
        expected={"id": echo.account} if echo.account else None,
    )


def proves(call: Call[Model], account: Model) -> bool:
    """Whether the account that was read shows that the call was executed."""
    return call.echo is not None and all(
        getattr(account, name, None) == value for name, value in call.echo.proof.items()
    )


def _named_by(error: VinrError) -> str | None:
    return error.existing_account if isinstance(error, AccountAlreadyExistsError) else None


def _checked(account: str | None) -> str | None:
    """An id from an error passes the same check as any other."""
    try:
        return None if account is None else checks.object_id("id", account)
    except InvalidRequestError:
        return None


def _names(error: VinrError, account: str) -> bool:
    words = error.message.replace(",", " ").replace("'", " ").replace('"', " ").split()
    return error.resource == account or account in (word.strip(".;:()") for word in words)

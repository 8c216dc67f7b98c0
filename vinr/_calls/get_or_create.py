"""One customer, one active account: looked up, else created, else recovered from the conflict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .._models.account import Account
from ..errors import AccountAlreadyExistsError, InvalidRequestError, NotFoundError, VinrError
from . import checks
from .accounts import ACCOUNTS, list_
from .call import Call, Plan, result_of
from .idempotency import second_key


def get_or_create(
    create: Call[Account], *, program: str, customer: str, expand: Sequence[str] | None
) -> Plan[tuple[Account, bool]]:
    """The active account, and whether this call created it.

    The lookup comes first, since most members exist. Of several callers at once VINR lets one
    create; the others get a conflict and read the account that it names.
    """
    wanted = _Wanted(program, checks.object_id("customer", customer), expand)
    create = replace(create, expected={"customer_id": wanted.customer})
    found = yield from wanted.listed()
    if found is not None:
        return found, False
    try:
        account = yield from result_of(create)
        if not _is_kept(account):
            return account, True
        found = yield from wanted.read(account.id)
    except AccountAlreadyExistsError as error:
        found = yield from _recovered(error, wanted)
    if found is not None:
        return found, False
    # The account in the way, or the one of the kept answer, was closed or merged in between. Once
    # more, under another key, since VINR answers the first one as before.
    create = replace(create, idempotency_key=second_key(create.idempotency_key))
    try:
        return (yield from result_of(create)), True
    except AccountAlreadyExistsError as error:
        found = yield from _recovered(error, wanted)
        if found is None:
            raise
    return found, False


def _is_kept(account: Account) -> bool:
    """Whether it came in the answer to an earlier call, and may be closed or merged by now."""
    answer = account.last_response
    return answer.replayed and not answer.unanswered


def _recovered(conflict: AccountAlreadyExistsError, wanted: _Wanted) -> Plan[Account | None]:
    """The account in the way; an error says so where this very call may have created it."""
    try:
        return (yield from wanted.found_after(conflict))
    except VinrError as error:
        answer = conflict.last_response
        if answer is not None and answer.unanswered:
            error.idempotency_key = conflict.idempotency_key
            error.outcome_unknown = True
            error.message += (
                "; before, VINR may have created the account: repeat the call to learn the outcome,"
                " nothing will happen twice"
            )
            error.args = (error.message,)
        raise


class _Wanted:
    """The account that is looked for."""

    def __init__(self, program: str, customer: str, expand: Sequence[str] | None) -> None:
        self.customer = customer
        self._program = program
        self._expand = expand

    def listed(self) -> Plan[Account | None]:
        """The customer's active account; closed and merged ones are passed over."""
        listing = list_(
            program=self._program,
            customer=self.customer,
            status=None,
            expand=self._expand,
            window={},
        )
        while True:
            page = yield from result_of(listing.call)
            for account in page.data:
                if self._is(account):
                    return account
            following = listing.after(page)
            if following is None:
                return None
            listing = following

    def found_after(self, conflict: AccountAlreadyExistsError) -> Plan[Account | None]:
        """The account in the way, read anew and never taken from the error."""
        account = yield from self.read(conflict.existing_account)
        if account is not None:
            return account
        return (yield from self.listed())

    def read(self, id: str | None) -> Plan[Account | None]:
        """The account with this id, where it is the one that is looked for."""
        if id is None:
            return None
        try:
            account = yield from result_of(ACCOUNTS.retrieve(id, self._expand))
        except (InvalidRequestError, NotFoundError):
            return None
        return account if self._is(account) else None

    def _is(self, account: Account) -> bool:
        holds = account.program == self._program and account.customer_id == self.customer
        return holds and account.status == "active"

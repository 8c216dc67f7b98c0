"""One customer, one active account: looked up, else created, else recovered from the conflict."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeGuard

from ..calls import accounts as calls
from ..calls.call import Call
from ..errors import AccountAlreadyExistsError, InvalidRequestError, NotFoundError
from ..models.account import Account, PlainAccount
from ..transport.idempotency import another_key
from .driver import AsyncDriver
from .first_page import first_page


async def get_or_create(
    driver: AsyncDriver, create: Call[PlainAccount], *, program: str, customer: str
) -> tuple[PlainAccount, bool]:
    """The active account, and whether this call created it."""
    driver = driver.for_one_call()
    # After a lost answer VINR replays our own success. A conflict is then somebody else's.
    create = replace(create, echo=None, expected={"customer_id": customer})
    found = await _listed(driver, program, customer)
    if found is not None:
        return found, False
    outcome = await _created(driver, create)
    if not isinstance(outcome, AccountAlreadyExistsError):
        return outcome, True
    found = await _found(driver, outcome, program, customer)
    if found is not None:
        return found, False
    # the holder was closed or merged in between, so the way is free: once more, under a
    # key of its own, since the first one would only replay the conflict
    again = replace(create, idempotency_key=another_key(create.idempotency_key))
    outcome = await _created(driver, again)
    if not isinstance(outcome, AccountAlreadyExistsError):
        return outcome, True
    found = await _found(driver, outcome, program, customer)
    if found is None:
        raise outcome
    return found, False


async def _created(
    driver: AsyncDriver, create: Call[PlainAccount]
) -> PlainAccount | AccountAlreadyExistsError:
    try:
        return await driver.send(create)
    except AccountAlreadyExistsError as conflict:
        return conflict


async def _found(
    driver: AsyncDriver, conflict: AccountAlreadyExistsError, program: str, customer: str
) -> PlainAccount | None:
    """The account that stood in the way, read anew and never taken from the error."""
    account = await _held_by(driver, conflict.existing_account, program, customer)
    return account or await _listed(driver, program, customer)


async def _held_by(
    driver: AsyncDriver, existing: str | None, program: str, customer: str
) -> PlainAccount | None:
    """The account that the conflict names, if it is the one that was asked for."""
    if existing is None:
        return None
    try:
        account = await driver.send(calls.retrieve(existing))
    except (InvalidRequestError, NotFoundError):
        return None
    return account if _is_wanted(account, program, customer) else None


async def _listed(driver: AsyncDriver, program: str, customer: str) -> PlainAccount | None:
    """The customer's active account; closed and merged ones are passed over."""
    asked = calls.list_(program=program, customer=customer)
    async for account in first_page(driver, asked):
        if _is_wanted(account, program, customer):
            return account
    return None


def _is_wanted(account: Account, program: str, customer: str) -> TypeGuard[PlainAccount]:
    holds = account.program == program and account.customer_id == customer
    return holds and account.status == "active"

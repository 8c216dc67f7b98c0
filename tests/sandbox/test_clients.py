"""The SDK's own clients on the sandbox: in process and over HTTP, sync and async."""

from collections.abc import Iterator

import pytest

from tests.together import atogether
from vinr import AccountAlreadyExistsError, AsyncVinr, Vinr
from vinr.sandbox import Sandbox


@pytest.fixture(params=["in process", "over HTTP"])
def client(request: pytest.FixtureRequest, sandbox: Sandbox) -> Iterator[Vinr]:
    if request.param == "in process":
        with sandbox.client(max_retries=0) as client:
            yield client
    else:
        with sandbox.serve() as url, Vinr(secret_key="sk_test_1", base_url=url) as client:
            yield client


def test_the_life_of_a_member(client: Vinr) -> None:
    accounts, transactions = client.loyalty.accounts, client.loyalty.transactions
    member, created = accounts.get_or_create(program="prog_default", customer="cust_1")
    assert created
    assert accounts.get_or_create(program="prog_default", customer="cust_1") == (member, False)
    with pytest.raises(AccountAlreadyExistsError) as caught:
        accounts.create(program="prog_default", customer="cust_1")
    assert caught.value.existing_account == member.id
    for _ in range(3):
        transactions.create(account=member.id, amount=500)
    assert [entry.amount for entry in transactions.list(account=member.id, limit=2)] == [500] * 3
    shown = accounts.retrieve(member.id, expand=["tier", "customer"])
    assert (shown.tier and shown.tier.name, shown.balance) == ("Silver", 1500)
    duplicate = accounts.create(program="prog_default")
    assert accounts.merge(source=duplicate.id, target=member.id).id == member.id
    assert accounts.close(member.id).status == "closed"


async def test_fifty_tasks_enrol_one_customer(sandbox: Sandbox) -> None:
    async with sandbox.async_client() as client:
        await enrol_at_once(client)


async def test_fifty_tasks_enrol_one_customer_over_http(sandbox: Sandbox) -> None:
    with sandbox.serve() as url:
        async with AsyncVinr(secret_key="sk_test_1", base_url=url) as client:
            await enrol_at_once(client)


async def enrol_at_once(client: AsyncVinr) -> None:
    answers = await atogether(
        50,
        lambda: client.loyalty.accounts.get_or_create(program="prog_default", customer="cust_1"),
    )
    assert len({member.id for member, _ in answers}) == 1
    assert sum(created for _, created in answers) == 1

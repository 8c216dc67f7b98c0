"""A customer is deleted: the member stays, with every point, and nobody is linked to it."""

import pytest

from vinr import NotFoundError
from vinr.sandbox import Sandbox


async def test_the_member_of_a_deleted_customer_keeps_the_ledger() -> None:
    with Sandbox() as sandbox:
        async with sandbox.async_client() as client:
            customer = await client.customers.create(email="ann@example.test", name="Ann")
            member = await client.loyalty.accounts.create(
                program="prog_default", customer=customer.id
            )
            await client.loyalty.transactions.create(account=member.id, amount=70)

            assert (await client.customers.delete(customer.id)).deleted

            left = await client.loyalty.accounts.retrieve(member.id)
            assert (left.customer, left.balance) == (None, 70)
            with pytest.raises(NotFoundError):
                await client.customers.retrieve(customer.id)
            assert [found async for found in client.customers.list(email="ann@example.test")] == []
            assert sandbox.check() == []


async def test_the_same_in_the_reference_s_dialect() -> None:
    with Sandbox() as sandbox:
        async with sandbox.async_client() as client:
            customer = await client.customers.create(email="bob@example.test")
            member = await client.loyalty_accounts.create(customer=customer.id)
            await client.customers.delete(customer.id)
            assert "bob@example.test" not in str(
                [event.model_dump() async for event in client.events.list()]
            )
            left = await client.loyalty_accounts.retrieve(member.id)
            assert (left.id, left.customer_id) == (member.id, None)

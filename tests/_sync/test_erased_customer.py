# Generated from tests/_async/test_erased_customer.py; do not edit.
"""A customer is deleted: the member stays, with every point, and nobody is linked to it."""

import pytest

from vinr import NotFoundError
from vinr.sandbox import Sandbox


def test_the_member_of_a_deleted_customer_keeps_the_ledger() -> None:
    with Sandbox() as sandbox:
        with sandbox.client() as client:
            customer = client.customers.create(email="ann@example.test", name="Ann")
            member = client.loyalty.accounts.create(program="prog_default", customer=customer.id)
            client.loyalty.transactions.create(account=member.id, amount=70)

            assert (client.customers.delete(customer.id)).deleted

            left = client.loyalty.accounts.retrieve(member.id)
            assert (left.customer, left.balance) == (None, 70)
            with pytest.raises(NotFoundError):
                client.customers.retrieve(customer.id)
            assert [found for found in client.customers.list(email="ann@example.test")] == []
            assert sandbox.check() == []


def test_the_same_in_the_reference_s_dialect() -> None:
    with Sandbox() as sandbox:
        with sandbox.client() as client:
            customer = client.customers.create(email="bob@example.test")
            member = client.loyalty_accounts.create(customer=customer.id)
            client.customers.delete(customer.id)
            assert "bob@example.test" not in str(
                [event.model_dump() for event in client.events.list()]
            )
            left = client.loyalty_accounts.retrieve(member.id)
            assert (left.id, left.customer_id) == (member.id, None)

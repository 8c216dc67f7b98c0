# Generated from tests/_async/test_post_once.py; do not edit.
"""One posting under a reference: once for good, in a race, after faults, and beyond any key."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.together import together
from vinr import IdempotencyConflictError, InvalidRequestError, NotFoundError, Vinr
from vinr.errors import APIConnectionError, UnprocessableError
from vinr.loyalty import Transaction
from vinr.sandbox import LoseReply, Pass, Reset, Sandbox, Status

PROGRAM = "prog_default"
CREATE = "transactions.create"
LIST = "transactions.list"


def member_of(client: Vinr) -> str:
    return (client.loyalty.accounts.create(program=PROGRAM)).id


def ledger_of(client: Vinr, account: str) -> list[Transaction]:
    return [entry for entry in client.loyalty.transactions.list(account=account, limit=100)]


def test_posts_once_and_finds_it_again(client: Vinr, sandbox: Sandbox) -> None:
    account, transactions = member_of(client), client.loyalty.transactions

    entry, posted = transactions.post_once(
        account=account, amount=500, reference="ticket-1", reason="goodwill", metadata={"by": "ann"}
    )
    sandbox.clock.advance(days=7)  # longer than any key is kept
    found, posted_again = transactions.post_once(account=account, amount=500, reference="ticket-1")

    assert (posted, posted_again) == (True, False)
    assert found == entry
    assert (entry.type, entry.reason) == ("adjust", "goodwill")
    assert entry.metadata == {"by": "ann", "reference": "ticket-1"}
    assert [each.amount for each in ledger_of(client, account)] == [500]


def test_references_and_members_are_apart(client: Vinr) -> None:
    one, other = member_of(client), member_of(client)
    for account in (one, other):
        for reference in ("a", "b"):
            _, posted = client.loyalty.transactions.post_once(
                account=account, amount=5, reference=reference
            )
            assert posted
    assert [len(ledger_of(client, account)) for account in (one, other)] == [2, 2]


def test_finds_it_behind_many_others(client: Vinr) -> None:
    account, transactions = member_of(client), client.loyalty.transactions
    first, _ = transactions.post_once(account=account, amount=7, reference="first")
    for _ in range(120):
        transactions.create(account=account, amount=1)

    found, posted = transactions.post_once(account=account, amount=7, reference="first")

    assert (found, posted) == (first, False)


def test_another_amount_is_an_error_and_posts_nothing(client: Vinr, sandbox: Sandbox) -> None:
    account, transactions = member_of(client), client.loyalty.transactions
    entry, _ = transactions.post_once(account=account, amount=500, reference="r")
    sandbox.clock.advance(days=7)

    with pytest.raises(IdempotencyConflictError) as caught:
        transactions.post_once(account=account, amount=300, reference="r")

    assert (caught.value.resource, caught.value.param) == (entry.id, "reference")
    assert all(word in str(caught.value) for word in (entry.id, "500", "300", "'r'"))
    assert len(ledger_of(client, account)) == 1


def test_of_thirty_at_once_one_posts(client: Vinr) -> None:
    account = member_of(client)

    results = together(
        30,
        lambda: client.loyalty.transactions.post_once(account=account, amount=5, reference="r"),
    )

    assert len({entry.id for entry, _ in results}) == 1
    assert sum(posted for _, posted in results) == 1
    assert len(ledger_of(client, account)) == 1


@pytest.mark.parametrize("fault", [LoseReply(), Reset(after=True), Reset(), Status(500)])
def test_a_lost_reply_is_settled_within_the_call(
    client: Vinr, sandbox: Sandbox, fault: LoseReply | Reset | Status
) -> None:
    account = member_of(client)
    sandbox.faults.add(CREATE, [fault])

    entry, posted = client.loyalty.transactions.post_once(account=account, amount=5, reference="r")

    assert posted
    assert ledger_of(client, account) == [entry]


def test_an_unknown_outcome_is_settled_by_the_same_call(client: Vinr, sandbox: Sandbox) -> None:
    account = member_of(client)
    transactions = client.with_options(max_retries=0).loyalty.transactions
    sandbox.faults.add(CREATE, [LoseReply()])
    with pytest.raises(APIConnectionError) as caught:
        transactions.post_once(account=account, amount=5, reference="r")
    assert caught.value.outcome_unknown
    assert "repeat the call as it is" in str(caught.value)
    sandbox.clock.advance(days=7)

    entry, posted = transactions.post_once(account=account, amount=5, reference="r")

    assert not posted
    assert ledger_of(client, account) == [entry]


def test_a_refusal_is_not_kept_for_good(client: Vinr) -> None:
    account, transactions = member_of(client), client.loyalty.transactions
    for _ in range(3):
        with pytest.raises(UnprocessableError) as caught:
            transactions.post_once(account=account, amount=-50, reference="r")
        assert (caught.value.code, caught.value.replayed) == ("insufficient_points", False)
    transactions.create(account=account, amount=80)

    entry, posted = transactions.post_once(account=account, amount=-50, reference="r")

    assert posted
    assert (client.loyalty.accounts.retrieve(account)).balance == 30
    found, posted = transactions.post_once(account=account, amount=-50, reference="r")
    assert (found, posted) == (entry, False)


def test_a_refused_amount_may_be_corrected(client: Vinr) -> None:
    account, transactions = member_of(client), client.loyalty.transactions
    transactions.create(account=account, amount=80)
    with pytest.raises(UnprocessableError):
        transactions.post_once(account=account, amount=-500, reference="r")

    _, posted = transactions.post_once(account=account, amount=-50, reference="r")

    assert posted
    assert (client.loyalty.accounts.retrieve(account)).balance == 30


def test_since_bounds_the_search(client: Vinr, sandbox: Sandbox) -> None:
    account, transactions = member_of(client), client.loyalty.transactions
    for _ in range(120):
        transactions.create(account=account, amount=1)
    sandbox.clock.advance(days=30)
    today = datetime.now(UTC) + timedelta(days=30, minutes=-5)
    sandbox.faults.add(LIST, [Pass(), Status(404)])  # the second page is not to be had
    with pytest.raises(NotFoundError):
        transactions.post_once(account=account, amount=5, reference="r")
    sandbox.faults.add(LIST, [Pass(), Status(404)])

    entry, posted = transactions.post_once(account=account, amount=5, reference="r", since=today)
    sandbox.faults.clear()
    found, posted_again = transactions.post_once(
        account=account, amount=5, reference="r", since=today
    )

    assert (posted, posted_again, found) == (True, False, entry)


@pytest.mark.parametrize(
    ("bad", "param"),
    [
        ({"reference": ""}, "reference"),
        ({"reference": " r"}, "reference"),
        ({"reference": "r" * 256}, "reference"),
        ({"reference": 5}, "reference"),
        ({"metadata": {"reference": "other"}}, "metadata"),
        ({"metadata": [("a", "b")]}, "metadata"),
        ({"amount": 0}, "amount"),
        ({"account": ""}, "account"),
        ({"since": datetime(2026, 1, 1)}, "since"),  # noqa: DTZ001 - what is tested
        ({"since": "2026-01-01"}, "since"),
    ],
)
def test_bad_input_sends_nothing(
    client: Vinr, sandbox: Sandbox, bad: dict[str, object], param: str
) -> None:
    sandbox.faults.add("*", [Status(500)])
    given: dict[str, object] = {"account": "loy_1", "amount": 5, "reference": "r"}
    with pytest.raises(InvalidRequestError) as caught:
        client.loyalty.transactions.post_once(**{**given, **bad})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # what is tested
    assert caught.value.param == param
    sandbox.faults.clear()

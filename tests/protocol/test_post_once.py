"""The plan of ``post_once``, call by call: which key each attempt has, and what settles it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from vinr import IdempotencyConflictError, UnprocessableError, VinrError
from vinr._calls.idempotency import posting_key, second_key
from vinr._calls.post_once import post_once
from vinr._calls.transactions import TransactionList
from vinr._models.model import Model
from vinr._models.response import LastResponse
from vinr.loyalty import Transaction

KEY = posting_key("loy_1", "r")
LIST = "GET limit=100"


def entry(
    id: str = "ptx_1", amount: int = 5, reference: str = "r", **answer: object
) -> Transaction:
    made = Transaction.model_validate(
        {
            "id": id,
            "account": "loy_1",
            "type": "adjust",
            "amount": amount,
            "metadata": {"reference": reference},
            "created_at": "2026-03-01T00:00:00Z",
        }
    )
    last = LastResponse(200, 1, 0, replayed=bool(answer.get("replayed")))
    vars(made)["last_response"] = last
    if answer.get("unanswered"):
        vars(made)["last_response"] = LastResponse(200, 2, 0, replayed=True, unanswered=1)
    return made


def page(*entries: Transaction, more: bool = False) -> Model:
    return TransactionList.model_validate(
        {"object": "list", "data": list(entries), "has_more": more}
    )


def refused(*, replayed: bool, unknown: bool = False) -> VinrError:
    error = UnprocessableError("no", code="insufficient_points")
    error.replayed, error.outcome_unknown = replayed, unknown
    return error


CONFLICT = IdempotencyConflictError("no", code="idempotency_conflict")


def run(
    answers: Sequence[Model | VinrError], *, known: bool = False, since: datetime | None = None
) -> tuple[list[str], object]:
    """The calls that were made, and what they came to; IndexError where it asks for more."""
    plan = post_once(
        account="loy_1",
        amount=5,
        reference="r",
        type="adjust",
        reason=None,
        metadata=None,
        since=since,
        ledger_is_known=known,
    )
    coming, made, outcome = list(answers), list[str](), object()
    try:
        call = next(plan)
        while True:
            assert call.operation == "transactions.post_once"
            query = dict(call.query)
            assert query.pop("account", "loy_1") == "loy_1"
            told = call.idempotency_key or "&".join(f"{name}={query[name]}" for name in query)
            made.append(f"{call.method} {told}")
            answer = coming.pop(0)
            call = plan.throw(answer) if isinstance(answer, VinrError) else plan.send(answer)
    except StopIteration as done:
        found, posted = done.value
        outcome = (found.id, posted)
    except VinrError as error:
        outcome = error
    assert coming == []
    return made, outcome


def test_what_is_not_in_the_ledger_is_posted_under_the_key_of_its_reference() -> None:
    assert run([page(), entry()]) == ([LIST, f"POST {KEY}"], ("ptx_1", True))
    assert len({KEY, posting_key("loy_2", "r"), posting_key("loy_1", "s")}) == 3
    assert posting_key("la_1", "r") == KEY  # the reference's name of the same account


def test_what_is_in_the_ledger_is_not_posted() -> None:
    other = entry("ptx_0", reference="s")
    assert run([page(other, entry())]) == ([LIST], ("ptx_1", False))
    made, outcome = run([page(other, more=True), page(entry())])
    assert made == [LIST, f"{LIST}&starting_after=ptx_0"]
    assert outcome == ("ptx_1", False)


def test_a_ledger_that_was_looked_at_is_not_looked_at_again() -> None:
    assert run([entry()], known=True) == ([f"POST {KEY}"], ("ptx_1", True))


def test_an_answer_that_was_kept_is_of_an_earlier_posting() -> None:
    assert run([page(), entry(replayed=True)])[1] == ("ptx_1", False)
    assert run([page(), entry(unanswered=True)])[1] == ("ptx_1", True)  # of this very call


def test_a_key_that_went_with_something_else_is_looked_into() -> None:
    made, outcome = run([page(), CONFLICT, page(entry())])
    assert (made, outcome) == ([LIST, f"POST {KEY}", LIST], ("ptx_1", False))

    made, outcome = run([page(), CONFLICT, page(), entry()])
    assert made[-1] == f"POST {second_key(KEY)}"
    assert outcome == ("ptx_1", True)


def test_a_refusal_that_was_kept_is_tried_under_the_next_key() -> None:
    made, outcome = run([page(), refused(replayed=True), refused(replayed=True), entry()])
    second = second_key(KEY)
    assert made[1:] == [f"POST {KEY}", f"POST {second}", f"POST {second_key(second)}"]
    assert outcome == ("ptx_1", True)


@pytest.mark.parametrize(("replayed", "unknown"), [(False, False), (True, True)])
def test_a_refusal_of_now_is_raised(replayed: bool, unknown: bool) -> None:
    error = refused(replayed=replayed, unknown=unknown)
    assert run([page(), error])[1] is error


@pytest.mark.parametrize(
    "answers", [[page(entry(amount=6))], [page(), CONFLICT, page(entry(amount=6))]]
)
def test_the_reference_with_other_points_is_a_conflict(answers: list[Model | VinrError]) -> None:
    _, outcome = run(answers)
    assert isinstance(outcome, IdempotencyConflictError)
    assert (outcome.code, outcome.param) == ("idempotency_conflict", "reference")
    assert outcome.resource == "ptx_1"


def test_it_ends_where_vinr_keeps_refusal_after_refusal() -> None:
    made, outcome = run([page(), *[refused(replayed=True)] * 20])
    assert len(set(made)) == 21
    assert isinstance(outcome, IdempotencyConflictError)


def test_the_search_ends_behind_since() -> None:
    since = datetime(2026, 3, 1, tzinfo=UTC)
    older = entry("ptx_0", reference="s")
    assert run([page(older, more=True), page(), entry()], since=since)[1] == ("ptx_1", True)
    later = datetime(2026, 3, 2, tzinfo=UTC)
    assert run([page(older, more=True), entry()], since=later)[1] == ("ptx_1", True)


def test_a_second_key_of_none_is_none() -> None:
    assert second_key(None) is None
    assert second_key("k") == second_key("k") != "k"

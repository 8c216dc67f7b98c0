"""The plan of ``get_or_create``, call by call."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from vinr import AccountAlreadyExistsError, APIConnectionError, NotFoundError, VinrError
from vinr._calls import accounts
from vinr._calls.get_or_create import get_or_create
from vinr._calls.idempotency import second_key
from vinr._models.model import Model
from vinr._models.response import LastResponse
from vinr.loyalty import Account

PAGE: dict[str, object] = {"object": "list", "has_more": False}


def member(id: str = "loy_1", **changes: object) -> Account:
    known = {"id": id, "program": "p", "customer": "c", "status": "active"}
    replayed = bool(changes.pop("replayed", False))
    made = Account.model_validate({**known, "balance": 0, "lifetime_points": 0, **changes})
    vars(made)["last_response"] = LastResponse(200, attempts=1, elapsed=0, replayed=replayed)
    return made


def page(*members: Account) -> Model:
    return accounts.AccountList.model_validate({**PAGE, "data": list(members)})


def conflict(existing: str | None = None) -> VinrError:
    error = AccountAlreadyExistsError("no", code="account_already_exists")
    error.existing_account = existing
    return error


def run(answers: Sequence[Model | VinrError], key: str | None = "k") -> tuple[list[str], object]:
    """The calls that were made, and what they came to; IndexError where it asks for more."""
    create = accounts.create(
        program="p", customer="c", metadata=None, expand=["tier"], idempotency_key=key
    )
    plan = get_or_create(create, program="p", customer="c", expand=["tier"])
    coming, made = list(answers), list[str]()
    outcome: object = None
    try:
        call = next(plan)
        while True:
            query = dict(call.query)
            if call.path == "/loyalty/accounts" and call.method == "GET":
                assert (query["program"], query["customer"]) == ("p", "c")
            if call.method == "POST":
                assert call.expected == {"customer_id": "c"}
            assert "tier" in str({**query, **(call.body or {})})
            cursor = query.get("starting_after")
            told = call.idempotency_key or (f"after {cursor}" if cursor else "")
            made.append(f"{call.method} {call.path} {told}".strip())
            answer = coming.pop(0)
            call = plan.throw(answer) if isinstance(answer, VinrError) else plan.send(answer)
    except StopIteration as done:
        found, created = done.value
        outcome = (found.id, created)
    except VinrError as error:
        outcome = error
    assert coming == []
    return made, outcome


LIST = "GET /loyalty/accounts"
CREATE = "POST /loyalty/accounts k"


def test_a_member_that_is_there() -> None:
    assert run([page(member())]) == ([LIST], ("loy_1", False))


@pytest.mark.parametrize(
    "other", [{"status": "closed"}, {"status": "merged"}, {"customer": "d"}, {"program": "q"}]
)
def test_others_are_passed_over(other: dict[str, object]) -> None:
    assert run([page(member("loy_9", **other)), member()]) == ([LIST, CREATE], ("loy_1", True))


def test_a_race_that_was_lost() -> None:
    made, outcome = run([page(), conflict("loy_1"), member()])

    assert made == [LIST, CREATE, "GET /loyalty/accounts/loy_1"]
    assert outcome == ("loy_1", False)


def test_a_conflict_that_names_nobody() -> None:
    assert run([page(), conflict(), page(member())]) == ([LIST, CREATE, LIST], ("loy_1", False))


@pytest.mark.parametrize("id", ["../../admin", "merge", ""])
def test_a_conflict_that_names_no_account(id: str) -> None:
    assert run([page(), conflict(id), page(member())])[0] == [LIST, CREATE, LIST]


def test_a_holder_that_vanished_in_between() -> None:
    made, outcome = run(
        [page(), conflict("loy_1"), member(status="closed"), page(), member("loy_2")]
    )

    assert outcome == ("loy_2", True)
    assert made[-1].startswith("POST")
    assert made[-1] != CREATE  # under its own key, since the first one replays the conflict


@pytest.mark.parametrize("unanswered", [0, 1])
def test_a_conflict_that_cannot_be_looked_into(unanswered: int) -> None:
    """After a lost attempt the account in the way may be the one that this call created."""
    broken, mine = APIConnectionError("accounts.retrieve: could not connect"), conflict("loy_1")
    mine.idempotency_key = "k"
    mine.last_response = LastResponse(status=409, attempts=2, elapsed=1, unanswered=unanswered)

    _, outcome = run([page(), mine, broken])

    assert outcome is broken
    assert broken.outcome_unknown is bool(unanswered)
    assert broken.idempotency_key == ("k" if unanswered else None)
    assert ("may have created" in str(broken)) is bool(unanswered)


@pytest.mark.parametrize("status", ["closed", "merged"])
def test_a_kept_answer_whose_account_is_gone(status: str) -> None:
    made, outcome = run([page(), member(replayed=True), member(status=status), member("loy_2")])

    assert made[:3] == [LIST, CREATE, "GET /loyalty/accounts/loy_1"]
    assert made[3].startswith("POST")
    assert made[3] != CREATE
    assert outcome == ("loy_2", True)


def test_a_kept_answer_whose_account_is_there() -> None:
    made, outcome = run([page(), member(replayed=True), member()])

    assert made == [LIST, CREATE, "GET /loyalty/accounts/loy_1"]
    assert outcome == ("loy_1", False)


def test_a_second_conflict_is_raised() -> None:
    second = conflict("loy_3")
    closed, others = member(status="closed"), member("loy_3", customer="d")
    _, outcome = run([page(), conflict("loy_1"), closed, page(), second, others, page()])

    assert outcome is second


def test_a_member_on_a_further_page() -> None:
    closed = accounts.AccountList.model_validate(
        {"object": "list", "has_more": True, "data": [member("loy_9", status="closed")]}
    )
    assert run([closed, page(member())]) == ([LIST, f"{LIST} after loy_9"], ("loy_1", False))


def test_the_second_creation_has_a_key_that_follows_from_the_first() -> None:
    """So a repeated call finds it again, and one whose keys are random has two random ones."""
    closed = member(status="closed")
    answers = (page(), conflict("loy_1"), closed, page(), member("loy_2"))
    assert run(answers)[0][-1] == run(answers)[0][-1] == f"POST /loyalty/accounts {second_key('k')}"
    assert run(answers, key=None)[0][-1] == "POST /loyalty/accounts"


def test_a_second_conflict_may_lead_to_the_member() -> None:
    closed = member(status="closed")
    _, outcome = run(
        [page(), conflict("loy_1"), closed, page(), conflict("loy_3"), member("loy_3")]
    )
    assert outcome == ("loy_3", False)


def test_an_account_in_the_way_that_is_gone() -> None:
    gone = NotFoundError("no", code="resource_missing")
    made, outcome = run([page(), conflict("loy_1"), gone, page(member("loy_2"))])
    assert made == [LIST, CREATE, "GET /loyalty/accounts/loy_1", LIST]
    assert outcome == ("loy_2", False)

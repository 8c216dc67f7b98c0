"""The budget of retries that all calls of one client share."""

from __future__ import annotations

from vinr._protocol.retry import RetryBudget

MOST = int(RetryBudget.MOST)


def spent() -> RetryBudget:
    budget = RetryBudget()
    assert [budget.take(paced=False) for _ in range(MOST)] == [True] * MOST
    return budget


def test_it_is_spent_in_the_end() -> None:
    budget = spent()
    assert not budget.take(paced=False)
    assert budget.is_drained


def test_ten_successes_give_a_retry_back() -> None:
    budget = spent()
    for _ in range(9):
        budget.give_back()
        assert not budget.take(paced=False)
    budget.give_back()
    budget.give_back()  # tenths do not add up to one exactly
    assert budget.take(paced=False)
    assert not budget.take(paced=False)


def test_it_is_never_more_than_full() -> None:
    budget = RetryBudget()
    assert not budget.is_drained
    for _ in range(50):
        budget.give_back()
    assert [budget.take(paced=False) for _ in range(MOST + 1)] == [True] * MOST + [False]


def test_it_is_drained_until_all_is_given_back() -> None:
    budget = RetryBudget()
    budget.take(paced=False)
    assert budget.is_drained
    for _ in range(9):
        budget.give_back()
        assert budget.is_drained
    budget.give_back()
    budget.give_back()
    assert not budget.is_drained


def test_retries_at_the_pace_of_vinr_cost_nothing_for_a_while() -> None:
    budget, free = RetryBudget(), RetryBudget.MOST_PACED
    assert all(budget.take(paced=True) for _ in range(free))
    taken = [budget.take(paced=True) for _ in range(MOST + 1)]
    assert taken == [True] * MOST + [False]
    budget.give_back()  # a success: the pace was right
    assert [budget.take(paced=True) for _ in range(free + 1)] == [True] * free + [False]

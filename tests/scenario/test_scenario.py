"""One scenario, called in every way: the same answers, down to ids and times."""

from __future__ import annotations

from typing import Any, Final

from tests.scenario.doors import Caller, Tell, every_caller
from tests.scenario.steps import Json, Scenario, Step, read
from vinr.sandbox import Program, Sandbox

SCENARIO: Final = read()


@every_caller
def test_every_caller_gets_the_answers_of_the_file(caller: Any) -> None:
    with opened(SCENARIO) as sandbox, caller(sandbox) as (calls, tell):
        for step in SCENARIO.steps:
            assert played(step, calls, tell) == step.outcome, step.name
        sandbox.faults.assert_used()


def opened(scenario: Scenario) -> Sandbox:
    programs = [Program.model_validate(each) for each in scenario.programs]
    return Sandbox(programs=programs, seed=scenario.seed)


def played(step: Step, caller: Caller, tell: Tell) -> Json:
    if step.call is not None:
        return caller.call(step.call, step.given)
    assert step.tell is not None
    answer = tell(step.tell, step.given)
    return {"answers": answer} if "answers" in step.outcome else {}

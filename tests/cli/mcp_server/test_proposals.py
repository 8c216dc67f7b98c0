"""How long a proposal is good."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from mcp.server.mcpserver.exceptions import ToolError

from vinr import APIConnectionError, UnprocessableError
from vinr.cli.mcp_server.proposals import GOOD_FOR, Proposals


class Clock:
    """Time that a test moves."""

    now = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def proposals(clock: Clock) -> Proposals[str]:
    return Proposals(clock)


def carried_out(proposals: Proposals[str], token: str, error: BaseException | None) -> None:
    proposal = proposals.find(token)
    assert proposal is not None
    with proposals.carrying_out(proposal):
        if error is not None:
            raise error


def test_it_is_good_for_an_hour(proposals: Proposals[str], clock: Clock) -> None:
    proposal, _ = proposals.make("terms")
    assert proposal.good_until == clock.now + GOOD_FOR
    clock.now += GOOD_FOR - timedelta(seconds=1)
    assert proposals.find(proposal.token) is proposal
    clock.now += timedelta(seconds=1)
    with pytest.raises(ToolError, match=r"was good until 01:00 UTC.* Propose it anew"):
        proposals.find(proposal.token)
    assert proposals.make("terms")[0].token != proposal.token


@pytest.mark.parametrize(
    "error", [None, APIConnectionError("cut", outcome_unknown=True), KeyboardInterrupt()]
)
def test_one_that_may_have_been_carried_out_stays_good(
    proposals: Proposals[str], clock: Clock, error: BaseException | None
) -> None:
    token = proposals.make("terms")[0].token
    with suppress(APIConnectionError, KeyboardInterrupt):
        carried_out(proposals, token, error)
    clock.now += timedelta(days=100)
    assert proposals.find(token) is not None


def test_one_that_was_not_sent_does_not(proposals: Proposals[str], clock: Clock) -> None:
    token = proposals.make("terms")[0].token
    with pytest.raises(APIConnectionError):
        carried_out(proposals, token, APIConnectionError("refused"))
    assert proposals.find(token) is not None
    clock.now += GOOD_FOR
    with pytest.raises(ToolError):
        proposals.find(token)


def test_one_that_is_refused_is_forgotten(proposals: Proposals[str]) -> None:
    token = proposals.make("terms")[0].token
    with pytest.raises(ToolError, match="the proposal is over: propose anew"):
        carried_out(proposals, token, UnprocessableError("no", status=422))
    assert proposals.find(token) is None


def test_a_token_says_its_terms_and_cannot_be_guessed(proposals: Proposals[str]) -> None:
    first, warnings = proposals.make("terms")
    assert (first.token[:6], len(first.token), warnings) == ("terms:", len("terms:") + 16, [])
    assert proposals.make("terms")[0] is first
    with proposals.carrying_out(first):
        pass
    second, warnings = proposals.make("terms")
    assert (second.token != first.token, warnings) == (True, [])

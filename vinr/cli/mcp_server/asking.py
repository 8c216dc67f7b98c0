"""Asks the person at the client before real points move, where the client can ask.

The server words the question from the proposal; a client by itself would show the model's call.
The module has no ``from __future__ import annotations``, since mcp reads annotations at run time.
"""

from collections.abc import Callable
from typing import Annotated, Any, Protocol, TypeVar

from mcp.server.elicitation import AcceptedElicitation, CancelledElicitation, ElicitationResult
from mcp.server.mcpserver import Context, Elicit, Resolve
from mcp.server.mcpserver.exceptions import ToolError
from pydantic import BaseModel, Field

from .answers import Answer
from .arguments import TokenArgument

AnswerT = TypeVar("AnswerT", bound=Answer)


class Approval(BaseModel):
    """What the person says."""

    approved: bool = Field(title="Do it", description="Real points move.")


class Askable(Protocol):
    """Proposals that a person can be asked about."""

    def question(self, token: str) -> str | None:
        """What is to be asked; None where nothing is left to decide."""
        ...

    def decline(self, token: str) -> None:
        """The person said no."""


def asked_first(
    tool: Callable[[str], AnswerT], answer: type[AnswerT], proposals: Askable
) -> Callable[..., AnswerT]:
    """The tool, which asks the person before it does anything."""

    def ask(token: str, context: Context[Any, Any]) -> Approval | Elicit[Approval]:
        question = proposals.question(token)
        if question is None or not _can_ask(context):
            return Approval(approved=True)
        return Elicit(question, Approval)

    def run(
        token: TokenArgument, said: Annotated[ElicitationResult[Approval], Resolve(ask)]
    ) -> AnswerT:
        if isinstance(said, CancelledElicitation):
            raise ToolError(f"The person did not answer, so nothing was done with {token}.")
        if not (isinstance(said, AcceptedElicitation) and said.data.approved):
            proposals.decline(token)
            raise ToolError(
                f"The person said no: nothing was done, and {token} is good for nothing any more."
            )
        return tool(token)

    run.__name__, run.__doc__ = tool.__name__, tool.__doc__
    run.__annotations__["return"] = answer
    return run


def _can_ask(context: Context[Any, Any]) -> bool:
    capabilities = context.client_capabilities
    elicitation = None if capabilities is None else capabilities.elicitation
    # before there were modes, an empty one meant forms
    return elicitation is not None and (elicitation.form is not None or elicitation.url is None)

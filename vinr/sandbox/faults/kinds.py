"""The kinds of faults that can be planned for a request."""

from __future__ import annotations

from dataclasses import KW_ONLY, fields
from functools import wraps
from typing import Annotated, ClassVar, Final, Literal, TypeAlias, TypeVar

from pydantic import ConfigDict, Field, ValidationError
from pydantic.dataclasses import dataclass

from ..._keywords import names_near_keywords

_CONFIG: Final = ConfigDict(extra="forbid")

_Seconds = Annotated[float, Field(gt=0, le=3600, allow_inf_nan=False)]
_Whole = Annotated[int, Field(strict=True, ge=0)]
_Flag = Annotated[bool, Field(strict=True)]


_FaultT = TypeVar("_FaultT")


class _ReprAsWritten:
    def __repr__(self) -> str:
        """As in Python code, without defaults: ``Status(429, retry_after=1)``."""
        words: list[str] = []
        for field in fields(self):  # type: ignore[arg-type]  # each kind is a dataclass
            value: object = getattr(self, field.name)
            if field.name != "kind" and value != field.default:
                words.append(f"{field.name}={value!r}" if field.kw_only else f"{value!r}")
        return f"{type(self).__name__}({', '.join(words)})"


def _with_short_errors(kind: type[_FaultT]) -> type[_FaultT]:
    """Make wrong arguments a ValueError of one line that names the argument."""
    pydantic_init = kind.__init__

    @wraps(pydantic_init)
    def init(self: _FaultT, *args: object, **named: object) -> None:
        try:
            pydantic_init(self, *args, **named)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            message = f"{kind.__name__}: {_argument(kind, first['loc'])}{first['msg']}"
            raise ValueError(message) from None

    setattr(kind, "__init__", init)  # noqa: B010 - a method cannot be assigned to
    return kind


def _argument(kind: type[object], place: tuple[int | str, ...]) -> str:
    by_position = [field.name for field in fields(kind) if not field.kw_only]  # type: ignore[arg-type]  # each kind is a dataclass
    position = place[0]
    known = isinstance(position, int) and position < len(by_position)
    return f"{by_position[int(position)] if known else position}: "


@names_near_keywords
@_with_short_errors
@dataclass(frozen=True, repr=False, config=_CONFIG)
class Status(_ReprAsWritten):
    """The service answers with this status, in place of its own answer.

    ``retry_after`` is in seconds, sent as ``Retry-After``. ``code`` is the code of the error
    object, by default the usual one of the status. ``body`` is sent as text in place of an error
    object. With ``after`` the request is executed first, and only its answer is replaced.
    """

    status: Annotated[int, Field(strict=True, ge=400, le=599)]
    """400 to 599."""
    _: KW_ONLY
    retry_after: _Whole | None = None
    """Seconds, sent as ``Retry-After``."""
    code: Annotated[str, Field(pattern=r"^[a-z0-9_]{1,64}$")] | None = None
    """Of the error object; by default the usual one of the status."""
    body: str | None = None
    """Sent as text in place of an error object."""
    after: _Flag = False
    """Whether the request is executed first, and only its answer is replaced."""
    kind: Literal["status"] = "status"
    """Its name in JSON."""


@names_near_keywords
@_with_short_errors
@dataclass(frozen=True, repr=False, config=_CONFIG)
class LoseReply(_ReprAsWritten):
    """The request is executed, then the connection closes without an answer."""

    _: KW_ONLY
    kind: Literal["lose_reply"] = "lose_reply"
    """Its name in JSON."""
    after: ClassVar[bool] = True
    """The request is executed."""


@names_near_keywords
@_with_short_errors
@dataclass(frozen=True, repr=False, config=_CONFIG)
class Reset(_ReprAsWritten):
    """The connection is reset: before the request is executed, or ``after`` it was."""

    _: KW_ONLY
    after: _Flag = False
    """Whether the request is executed first."""
    kind: Literal["reset"] = "reset"
    """Its name in JSON."""


@names_near_keywords
@_with_short_errors
@dataclass(frozen=True, repr=False, config=_CONFIG)
class Slow(_ReprAsWritten):
    """The service waits for so many seconds of real time, then executes the request and answers.

    With ``after`` it executes first and then waits. Meanwhile the request's idempotency key is in
    use. The request is executed even if the client gives up.
    """

    seconds: _Seconds
    """Of real time, at most 3600."""
    _: KW_ONLY
    after: _Flag = False
    """Whether the request is executed before the wait."""
    kind: Literal["slow"] = "slow"
    """Its name in JSON."""


@names_near_keywords
@_with_short_errors
@dataclass(frozen=True, repr=False, config=_CONFIG)
class Truncate(_ReprAsWritten):
    """The request is executed; half of the answer's body arrives."""

    _: KW_ONLY
    kind: Literal["truncate"] = "truncate"
    """Its name in JSON."""
    after: ClassVar[bool] = True
    """The request is executed."""


@names_near_keywords
@_with_short_errors
@dataclass(frozen=True, repr=False, config=_CONFIG)
class Garbage(_ReprAsWritten):
    """The answer is no HTTP: before the request is executed, or ``after`` it was."""

    _: KW_ONLY
    after: _Flag = False
    """Whether the request is executed first."""
    kind: Literal["garbage"] = "garbage"
    """Its name in JSON."""


@names_near_keywords
@_with_short_errors
@dataclass(frozen=True, repr=False, config=_CONFIG)
class Pass(_ReprAsWritten):
    """No fault for this request: for plans such as "the third one fails"."""

    _: KW_ONLY
    kind: Literal["pass"] = "pass"
    """Its name in JSON."""
    after: ClassVar[bool] = True
    """The request is executed."""


Fault: TypeAlias = Status | LoseReply | Reset | Slow | Truncate | Garbage | Pass
"""Any of the faults."""
AnyFault = Annotated[Fault, Field(discriminator="kind")]
"""A fault in JSON: ``{"kind": "status", "status": 429, "retry_after": 1}``."""

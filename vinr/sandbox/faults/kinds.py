"""What may go wrong with one request."""

from __future__ import annotations

from dataclasses import KW_ONLY, fields
from functools import wraps
from typing import Annotated, ClassVar, Final, Literal, TypeAlias, TypeVar

from pydantic import ConfigDict, Field, ValidationError
from pydantic.dataclasses import dataclass

_CONFIG: Final = ConfigDict(extra="forbid")

_Seconds = Annotated[float, Field(gt=0, le=3600, allow_inf_nan=False)]
_Whole = Annotated[int, Field(strict=True, ge=0)]
_Flag = Annotated[bool, Field(strict=True)]


_Made = TypeVar("_Made")


class _Shown:
    def __repr__(self) -> str:
        """As it is written: ``Status(429, retry_after=1)``."""
        words: list[str] = []
        for field in fields(self):  # type: ignore[arg-type]  # each kind is a dataclass
            value: object = getattr(self, field.name)
            if field.name != "kind" and value != field.default:
                words.append(f"{field.name}={value!r}" if field.kw_only else f"{value!r}")
        return f"{type(self).__name__}({', '.join(words)})"


def _explained(kind: type[_Made]) -> type[_Made]:
    """A kind whose wrong arguments are told by their names, in a line."""
    make = kind.__init__

    @wraps(make)
    def explained(self: _Made, *args: object, **named: object) -> None:
        try:
            make(self, *args, **named)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            message = f"{kind.__name__}: {_argument(kind, first['loc'])}{first['msg']}"
            raise ValueError(message) from None

    setattr(kind, "__init__", explained)  # noqa: B010 - a method cannot be assigned to
    return kind


def _argument(kind: type[object], place: tuple[int | str, ...]) -> str:
    if not place:
        return ""
    by_position = [field.name for field in fields(kind) if not field.kw_only]  # type: ignore[arg-type]  # likewise
    position = place[0]
    known = isinstance(position, int) and position < len(by_position)
    return f"{by_position[int(position)] if known else position}: "


@_explained
@dataclass(frozen=True, repr=False, config=_CONFIG)
class Status(_Shown):
    """The service answers with this status, in place of its own answer.

    ``retry_after`` is seconds, sent as ``Retry-After``. ``code`` stands in the error object, else
    the usual one of the status; ``body`` is sent as HTML in place of an error object. With
    ``after`` the request is executed and kept first, and only its answer is replaced.
    """

    status: Annotated[int, Field(strict=True, ge=400, le=599)]
    _: KW_ONLY
    retry_after: _Whole | None = None
    code: Annotated[str, Field(pattern=r"^[a-z0-9_]{1,64}$")] | None = None
    body: str | None = None
    after: _Flag = False
    kind: Literal["status"] = "status"


@_explained
@dataclass(frozen=True, repr=False, config=_CONFIG)
class LoseReply(_Shown):
    """The request is executed and kept, then the connection closes without an answer."""

    _: KW_ONLY
    kind: Literal["lose_reply"] = "lose_reply"
    after: ClassVar[bool] = True


@_explained
@dataclass(frozen=True, repr=False, config=_CONFIG)
class Reset(_Shown):
    """The connection is reset: before anything happened, or ``after`` the request was executed."""

    _: KW_ONLY
    after: _Flag = False
    kind: Literal["reset"] = "reset"


@_explained
@dataclass(frozen=True, repr=False, config=_CONFIG)
class Slow(_Shown):
    """The service takes so many seconds of real time, then executes the request and answers.

    With ``after`` it executes first and holds back the answer. Meanwhile the request's
    idempotency key is in use. A client that gives up does not stop the service.
    """

    seconds: _Seconds
    _: KW_ONLY
    after: _Flag = False
    kind: Literal["slow"] = "slow"


@_explained
@dataclass(frozen=True, repr=False, config=_CONFIG)
class Truncate(_Shown):
    """The request is executed and kept; half of the answer's body arrives."""

    _: KW_ONLY
    kind: Literal["truncate"] = "truncate"
    after: ClassVar[bool] = True


@_explained
@dataclass(frozen=True, repr=False, config=_CONFIG)
class Garbage(_Shown):
    """What comes back is no HTTP: before anything happened, or ``after`` it was executed."""

    _: KW_ONLY
    after: _Flag = False
    kind: Literal["garbage"] = "garbage"


@_explained
@dataclass(frozen=True, repr=False, config=_CONFIG)
class Pass(_Shown):
    """Nothing goes wrong this time: for plans such as "the third one fails"."""

    _: KW_ONLY
    kind: Literal["pass"] = "pass"
    after: ClassVar[bool] = True


Fault: TypeAlias = Status | LoseReply | Reset | Slow | Truncate | Garbage | Pass
AnyFault = Annotated[Fault, Field(discriminator="kind")]
"""A fault as JSON tells it: ``{"kind": "status", "status": 429, "retry_after": 1}``."""

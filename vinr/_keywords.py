"""An unknown keyword argument is refused by a TypeError that names the near one.

A filter is easily called by the name that its field has on the model. Python before 3.13 says only
that the name is unknown, so the one that was meant is named here.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from functools import wraps
from types import FunctionType
from typing import Any, Final, TypeVar

T = TypeVar("T")

_NEARLY_THE_SAME: Final = 0.8
_ALIKE: Final = 0.5
"""How alike two names must be for one to be taken for the other, from 0 to 1."""


def unknown_keyword(called: str, given: Iterable[str], known: Iterable[str]) -> TypeError | None:
    """The error for the first unknown keyword of a call; None where all of them are known."""
    given, known = list(given), list(known)
    unknown = next((name for name in given if name not in known), None)
    if unknown is None:
        return None
    near = nearest(unknown, [name for name in known if name not in given])
    hint = f"it takes {', '.join(known)}" if near is None else f"did you mean {near}=?"
    return TypeError(f"{called}() got an unexpected keyword argument {unknown!r}; {hint}")


def nearest(unknown: str, known: list[str]) -> str | None:
    """The one that is nearly the same, else says the same thing, its last word, else is alike."""
    near = get_close_matches(unknown, known, 1, _NEARLY_THE_SAME)
    if near:
        return near[0]
    thing = unknown.removesuffix("_id").rpartition("_")[2]
    same = [name for name in known if name.removesuffix("_id").rpartition("_")[2] == thing]
    near = get_close_matches(unknown, same or known, 1, 0 if same else _ALIKE)
    return near[0] if near else None


def names_near_keywords(cls: type[T]) -> type[T]:
    """Class decorator: the constructor and all public methods name the keyword that was meant."""
    for name, member in list(vars(cls).items()):
        if name.startswith("_"):
            continue
        if isinstance(member, FunctionType):
            setattr(cls, name, name_near_keywords(member))
        elif isinstance(member, staticmethod):
            setattr(cls, name, staticmethod(name_near_keywords(member.__func__)))
    if "__init__" in vars(cls) or hasattr(cls, "__pydantic_fields__"):
        setattr(cls, "__new__", _checked_new(cls))  # noqa: B010  # to type checkers it is object's
    return cls


def name_near_keywords(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, which names the keyword that was meant where an unknown one is passed."""
    if not _takes_keywords(function):
        return function
    if inspect.iscoroutinefunction(function):
        # a coroutine function as well, for everything that asks whether it is one
        @wraps(function)
        async def call_async(*arguments: Any, **named: Any) -> Any:
            try:
                coroutine = function(*arguments, **named)
            except TypeError:
                raise_for_unknown(function, named)
                _raise_for_positional(function, len(arguments))
                raise
            return await coroutine

        return call_async

    @wraps(function)
    def call(*arguments: Any, **named: Any) -> Any:
        try:
            return function(*arguments, **named)
        except TypeError:
            raise_for_unknown(function, named)
            _raise_for_positional(function, len(arguments))
            raise

    return call


def raise_for_unknown(function: Callable[..., Any], named: Iterable[str]) -> None:
    """TypeError for the first keyword that the function does not take."""
    error = unknown_keyword(function.__qualname__, named, _keywords(function))
    if error is not None:
        raise error from None


def _raise_for_positional(function: Callable[..., Any], given: int) -> None:
    code = inspect.unwrap(function).__code__
    if given <= code.co_argcount or code.co_flags & inspect.CO_VARARGS:
        return
    name = code.co_varnames[code.co_argcount]
    raise _keywords_alone(function.__qualname__, name) from None


def _keywords_alone(called: str, name: str) -> TypeError:
    """The error for an argument by position where ``name`` has to be given by its name."""
    return TypeError(
        f"{called}() takes {name} and what follows it by name alone; did you mean"
        f" {called}({name}=…)?"
    )


def _checked_new(cls: type[Any]) -> Callable[..., Any]:
    """The check of a constructor stands in ``__new__``, which is over when ``__init__`` runs.

    So no frame of ours holds the arguments, a secret key among them, when ``__init__`` raises:
    tools that report errors show what frames hold.
    """

    @wraps(cls.__init__, assigned=())
    def __new__(cls: type[Any], *positional: object, **named: object) -> Any:  # noqa: N807
        given, names = len(positional), list(named)
        del positional, named
        if given or names:
            _check_constructor(cls, given, names)
        return object.__new__(cls)

    return __new__


def _check_constructor(cls: type[Any], given: int, names: list[str]) -> None:
    if hasattr(cls, "__pydantic_fields__"):
        keywords, positional = list(cls.__pydantic_fields__), True  # which pydantic counts
    elif _takes_no_others(cls.__init__):
        keywords, positional = _keywords(cls.__init__), _positional(cls.__init__)
    else:
        return  # a subclass that passes its ``**options`` on
    error = unknown_keyword(cls.__name__, names, keywords)
    if error is not None:
        raise error
    if given and not positional:
        raise _keywords_alone(cls.__name__, keywords[0])


def _takes_keywords(function: Callable[..., Any]) -> bool:
    code = function.__code__  # reading the signature of each method takes long
    return _takes_no_others(function) and code.co_argcount + code.co_kwonlyargcount > 1


def _takes_no_others(function: Callable[..., Any]) -> bool:
    """Whether it has no parameter such as ``**options``."""
    return not function.__code__.co_flags & inspect.CO_VARKEYWORDS


def _positional(function: Callable[..., Any]) -> bool:
    """Whether it takes anything by position, beside the object itself."""
    code = function.__code__
    return code.co_argcount > 1 or bool(code.co_flags & inspect.CO_VARARGS)


def _keywords(function: Callable[..., Any]) -> list[str]:
    code = inspect.unwrap(function).__code__
    names = code.co_varnames[code.co_posonlyargcount : code.co_argcount + code.co_kwonlyargcount]
    return [name for name in names if name != "self"]

"""Routing: from a method and a path to an operation."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import BaseConverter, Map, MapAdapter, Rule

from ..refusal import Refusal
from .operation import Operation
from .operations import OPERATIONS

_BY_NAME: Final[Mapping[str, Operation]] = {each.name: each for each in OPERATIONS}


class _Id(BaseConverter):
    # no account has the id "merge": accounts/merge is an operation of its own
    regex = r"(?!merge\Z)[^/]+"
    part_isolating = True


def _url_map() -> MapAdapter:
    rules = [Rule(each.path, methods=[each.method], endpoint=each.name) for each in OPERATIONS]
    paths = Map(
        rules,
        strict_slashes=True,
        merge_slashes=False,
        redirect_defaults=False,
        converters={"default": _Id},
    )
    return paths.bind("sandbox")


_ROUTES: Final = _url_map()


@lru_cache(maxsize=1024)
def find(method: str, path: str) -> tuple[Operation, str]:
    """The operation at a path as sent, and the decoded id in the path if it has one.

    Only the id may be percent-encoded: so every other spelling of a path leads nowhere, and
    nobody who looks at a path can be misled by one. Raises Refusal where there is no operation.
    """
    if path.startswith("//"):
        raise _unknown()
    try:
        name, values = _ROUTES.match(path, method)
    except MethodNotAllowed as error:
        allowed = ", ".join(sorted(error.valid_methods or ()))
        message = f"This path takes {allowed} only."
        raise Refusal("method_not_allowed", message, headers={"allow": allowed}) from None
    except NotFound:
        raise _unknown() from None
    return _BY_NAME[name], _decoded(values.get("id", ""))


def _decoded(id: str) -> str:
    try:
        decoded = unquote(id, errors="strict")
    except UnicodeDecodeError:
        raise _unknown() from None
    if "/" in decoded:
        raise _unknown()
    return decoded


def _unknown() -> Refusal:
    return Refusal("endpoint_unknown", "There is nothing at this path.")

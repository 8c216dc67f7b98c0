"""The public names of a library, which a feature that it is said not to have would be among."""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections.abc import Iterator
from typing import Any, Final

_OF_THE_SERVICE: Final = frozenset({"types", "requests", "params"})
"""Folders of what the service has and asks for: no features of the library."""


def refuse_any_like(pattern: str, library: Any) -> None:
    """RuntimeError for a public name that reads like it, unless ``KNOWN`` says what else it is.

    So a feature that nobody looked for is not taken for missing.
    """
    found = {name for name in _public(library) if re.search(pattern, name, re.IGNORECASE)}
    unknown = sorted(found - library.KNOWN.keys())
    if not pattern or unknown:
        raise RuntimeError(f"{library.PACKAGE.__name__} has {unknown}: is that the feature?")


def _public(library: Any) -> Iterator[str]:
    """Of the package, of its modules two levels down, and of what its clients have and take."""
    package = library.PACKAGE
    for name in (*dir(package), *_modules(package.__path__), *_of_clients(library.CLIENTS)):
        if not name.startswith("_"):
            yield name


def _modules(path: list[str], levels: int = 2) -> Iterator[str]:
    for module in pkgutil.iter_modules(path):
        yield module.name
        public = not module.name.startswith("_") and module.name not in _OF_THE_SERVICE
        if module.ispkg and levels > 1 and public:
            yield from _modules([f"{folder}/{module.name}" for folder in path], levels - 1)


def _of_clients(clients: tuple[type, ...]) -> Iterator[str]:
    for client in clients:
        yield from inspect.signature(client).parameters
        for name in dir(client):
            yield name
            member = getattr(client, name)
            if inspect.isfunction(member) and not name.startswith("_"):
                yield from inspect.signature(member).parameters

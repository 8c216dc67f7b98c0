"""docs/reference has every public name, and every resource of a client."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from types import ModuleType
from typing import Final

import pytest

import vinr
from tests.docs.shell import ROOT
from vinr._sync.loyalty import Loyalty

PAGES: Final = sorted((ROOT / "docs" / "reference").glob("*.md"))
DIRECTIVES: Final = [
    name
    for page in PAGES
    for name in re.findall(r"^::: ([\w.]+)$", page.read_text("utf-8"), re.MULTILINE)
]


def found(path: str) -> object:
    """The module, or what stands in one."""
    try:
        return importlib.import_module(path)
    except ModuleNotFoundError:
        module, _, name = path.rpartition(".")
        return getattr(found(module), name)


def listed(module: ModuleType) -> list[str]:
    return getattr(module, "__all__", [name for name in vars(module) if not name.startswith("_")])


def described() -> Iterator[str]:
    """The paths that a directive names, or that stand in a module that one names."""
    for path in DIRECTIVES:
        yield path
        module = found(path)
        if isinstance(module, ModuleType):
            yield from (f"{path}.{name}" for name in listed(module))


def public_modules(package: ModuleType) -> Iterator[ModuleType]:
    yield package
    for each in pkgutil.iter_modules(package.__path__):
        if not each.name.startswith("_"):
            module = importlib.import_module(f"{package.__name__}.{each.name}")
            yield from public_modules(module) if each.ispkg else [module]


PATHS: Final = frozenset(described())
OBJECTS: Final = frozenset(id(found(path)) for path in PATHS)
PUBLIC: Final = [
    f"{module.__name__}.{name}"
    for module in public_modules(vinr)
    # what the command offers is its words, which docs/command-line.md has
    if not module.__name__.startswith("vinr.cli")
    for name in getattr(module, "__all__", ())
]


@pytest.mark.parametrize("path", PUBLIC)
def test_every_public_name_is_in_it(path: str) -> None:
    assert path in PATHS or id(found(path)) in OBJECTS


@pytest.mark.parametrize("owner", [vinr.Vinr, Loyalty])
def test_every_resource_is_in_it(owner: type) -> None:
    resources = [getattr(owner, name) for name in owner.__annotations__]
    assert len(resources) > 7
    assert all(id(each) in OBJECTS for each in resources if each is not Loyalty)


def test_no_directive_stands_twice() -> None:
    assert len(DIRECTIVES) == len(set(DIRECTIVES))

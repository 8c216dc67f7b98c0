"""Fails where the public surface is not described well enough for an editor's tooltip, by griffe.

The public surface is what the package's modules list in ``__all__``, and every class that can be
reached from there: by a base, an attribute, a parameter or a result. Each module, class, function,
property and field of it needs a docstring. A call that does I/O, which is a coroutine or gives a
list to walk through, also names each parameter in ``Args:``, and has ``Raises:`` and ``Source:``.

Editors show a field's own docstring, and ``help()`` shows the ``Attributes:`` of its class. Models
have both, word for word the same.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import griffe

ROOT: Final = Path(__file__).parents[1]

_LISTS: Final = frozenset({"AsyncPaginator", "AsyncGenerator"})
"""What a call gives that sends its requests when it is walked through."""
_IN_PROSE: Final = re.compile(r"\b[Rr]aises [A-Z]\w+Error\b")
_CLOSE: Final = frozenset({"close", "aclose"})
"""Coroutines that take nothing and fail with nothing."""


@dataclass
class Surface:
    """What users reach of one package, each object once."""

    package: griffe.Module
    _seen: set[str] = field(default_factory=set[str])

    def objects(self) -> Generator[griffe.Object]:
        """Modules, then what they list in ``__all__`` and what that leads to."""
        for module in _public_modules(self.package):
            yield module
            for name in module.exports or ():
                yield from self._reached(module.members[str(name)])

    def _reached(self, found: griffe.Object | griffe.Alias) -> Generator[griffe.Object]:
        found = found.final_target if isinstance(found, griffe.Alias) else found
        is_ours = found.path.split(".")[0] == self.package.name
        if not is_ours or found.path in self._seen or found.is_module:
            return
        self._seen.add(found.path)
        yield found
        members = found.all_members if found.is_class else {}
        for name in members:
            if not name.startswith("_"):
                yield from self._reached(members[name])
        for name in _named_in(found):
            yield from self._class_at(name)

    def _class_at(self, path: str) -> Generator[griffe.Object]:
        try:
            found = self.package.modules_collection.get_member(path)
        except KeyError:
            return  # a parameter of a type, or a name of another package
        if found.is_class and not found.name.startswith("_"):
            yield from self._reached(found)


def flaws(package: griffe.Module) -> Iterator[str]:
    """One line for each thing that is missing."""
    for each in Surface(package).objects():
        if not _described(each):
            yield f"{each.path}: no docstring"
        if each.docstring is not None and _IN_PROSE.search(each.docstring.value):
            yield f"{each.path}: what it raises belongs under Raises:"
        if isinstance(each, griffe.Function) and _does_io(each):
            for missing in _missing_sections(each):
                yield f"{each.path}: {missing}"
        if isinstance(each, griffe.Class):
            for name in _told_differently(each):
                yield f"{each.path}: Attributes: says other things of {name} than its docstring"


def _public_modules(module: griffe.Module) -> Generator[griffe.Module]:
    yield module
    for each in module.modules.values():
        if not each.name.startswith("_"):
            yield from _public_modules(each)


def _named_in(each: griffe.Object) -> Iterator[str]:
    """Paths of the classes that its signature names."""
    expressions: list[object] = []
    if isinstance(each, griffe.Function):
        expressions = [each.returns, *(parameter.annotation for parameter in each.parameters)]
    elif isinstance(each, griffe.Attribute):
        expressions = [each.annotation]
    elif isinstance(each, griffe.Class):
        expressions = [*each.bases]
    for expression in expressions:
        if isinstance(expression, griffe.Expr):
            for part in expression.iterate(flat=True):
                if isinstance(part, griffe.ExprName):
                    yield part.canonical_path


def _described(each: griffe.Object) -> bool:
    """Whether it has a docstring, or stands in the place of one with a docstring."""
    if each.has_docstring or not isinstance(each.parent, griffe.Class):
        return each.has_docstring
    bases = [base for base in each.parent.mro() if each.name in base.members]
    return any(base.members[each.name].has_docstring for base in bases)


def _told_differently(each: griffe.Class) -> Iterator[str]:
    """The fields that ``Attributes:`` describes in other words, or that are not there."""
    for section in each.docstring.parsed if each.docstring else ():
        if isinstance(section, griffe.DocstringSectionAttributes):
            for told in section.value:
                own = each.members.get(told.name)
                words = own.docstring.value.split() if own and own.docstring else []
                if words != told.description.split():
                    yield told.name


def _does_io(function: griffe.Function) -> bool:
    result = function.returns
    gives = result.left if isinstance(result, griffe.ExprSubscript) else result
    is_list = isinstance(gives, griffe.ExprName) and gives.name in _LISTS
    return ("async" in function.labels or is_list) and function.name not in _CLOSE


def _missing_sections(function: griffe.Function) -> Iterator[str]:
    docstring = function.docstring
    if docstring is None:  # inherited
        return
    sections = {section.kind: section for section in docstring.parsed}
    named = _names(sections.get(griffe.DocstringSectionKind.parameters))
    takes = {parameter.name.lstrip("*") for parameter in function.parameters} - {"self", "cls"}
    if takes - named:
        yield f"Args: lacks {', '.join(sorted(takes - named))}"
    if named - takes:
        yield f"Args: names {', '.join(sorted(named - takes))}, which it does not take"
    if griffe.DocstringSectionKind.raises not in sections:
        yield "no Raises:"
    if not any(line.startswith("Source: ") for line in docstring.lines):
        yield "no Source:"


def _names(section: griffe.DocstringSection | None) -> set[str]:
    parameters: Iterable[griffe.DocstringParameter] = section.value if section else ()
    return {parameter.name.lstrip("*") for parameter in parameters}


def loaded(root: Path, name: str) -> griffe.Module:
    """The package of this name in a checkout, read and not imported."""
    package = griffe.load(
        name,
        search_paths=[root],
        try_relative_path=False,
        resolve_aliases=True,
        docstring_parser="google",
    )
    if not isinstance(package, griffe.Module):
        sys.exit(f"{name} is no package")
    return package


def main() -> int:
    """Prints what is missing; an exit code of 1 where something is."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--root", type=Path, default=ROOT, help="the checkout")
    parser.add_argument("--package", default="vinr")
    options = parser.parse_args()
    found = sorted(flaws(loaded(options.root, options.package)))
    print(*found, sep="\n", end="\n" if found else "")
    print(f"{len(found)} gaps in the docstrings of {options.package}'s public surface")
    return min(len(found), 1)


if __name__ == "__main__":
    sys.exit(main())

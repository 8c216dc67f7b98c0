"""Expand: which linked objects are to be put in place of their ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, TypeAlias

from ..refusal import Refusal

Tree: TypeAlias = Mapping[str, "Tree"]
"""Names of linked objects, each with those that are linked to it in turn."""

MOST_EXPANDED: Final = 20
"""Paths in one request (our choice)."""

NOTHING: Final[Tree] = MappingProxyType({})


def parse(paths: Sequence[str], expandable: Tree) -> Tree:
    """Dotted paths (``loyalty_account.tier``) as a tree; one that cannot be expanded is refused."""
    if not paths:
        return NOTHING
    wanted: dict[str, Tree] = {}
    for path in paths:
        _grow(wanted, path, expandable)
    return wanted


def _grow(wanted: dict[str, Tree], path: str, expandable: Tree) -> None:
    for name in path.split("."):
        if name not in expandable:
            raise Refusal("parameter_invalid", f"{path!r} cannot be expanded here.", param="expand")
        branch: dict[str, Tree] = {}
        branch.update(wanted.get(name, NOTHING))
        wanted[name] = branch
        wanted, expandable = branch, expandable[name]

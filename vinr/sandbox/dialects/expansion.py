"""Expand: which linked objects an answer shows in place of their ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, TypeAlias

from ..refusal import Refusal

ExpandTree: TypeAlias = Mapping[str, "ExpandTree"]
"""Names of linked objects, each with the names of objects linked to it in turn."""

MOST_EXPANDED: Final = 20
"""Paths in one request.

Source: our choice.
"""

NO_EXPANSION: Final[ExpandTree] = MappingProxyType({})


def parse_expand(paths: Sequence[str], expandable: ExpandTree) -> ExpandTree:
    """Dotted paths such as ``loyalty_account.tier`` as a tree; refuses what cannot be expanded."""
    if not paths:
        return NO_EXPANSION
    tree: dict[str, ExpandTree] = {}
    for path in paths:
        _add_path(tree, path, expandable)
    return tree


def _add_path(tree: dict[str, ExpandTree], path: str, expandable: ExpandTree) -> None:
    for name in path.split("."):
        if name not in expandable:
            known = ", ".join(sorted(expandable)) or "nothing"
            raise Refusal(
                "parameter_invalid",
                f"{name!r} of {path!r} cannot be expanded; what can be is {known}.",
                param="expand",
            )
        branch: dict[str, ExpandTree] = {}
        branch.update(tree.get(name, NO_EXPANSION))
        tree[name] = branch
        tree, expandable = branch, expandable[name]

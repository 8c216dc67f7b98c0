"""Fails where the public surface lost or changed something since the last tag, by griffe."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import griffe

ROOT = Path(__file__).parents[1]


def last_tag(root: Path) -> str | None:
    """The newest tag behind the checkout; None where there is none."""
    done = subprocess.run(
        ["git", "describe", "--tags", "--abbrev=0"],  # noqa: S607  # the git of whoever runs it
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or None


def main() -> int:
    """The number of breaks, which are printed, as an exit code of 0 or 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=ROOT, help="the checkout")
    parser.add_argument("--against", help="a tag or a commit, instead of the last tag")
    options = parser.parse_args()
    against = options.against or last_tag(options.root)
    if against is None:
        print("There is no tag yet, so there is no release to compare with. Nothing was checked.")
        return 0
    before = griffe.load_git("vinr", ref=against, repo=options.root, resolve_aliases=True)
    after = griffe.load(
        "vinr", search_paths=[options.root], try_relative_path=False, resolve_aliases=True
    )
    breaks = list(griffe.find_breaking_changes(before, after))
    for each in breaks:
        print(f"{each.obj.path}: {each.kind.value}: {each.old_value} -> {each.new_value}")
    print(f"{len(breaks)} breaking changes since {against}")
    return min(len(breaks), 1)


if __name__ == "__main__":
    sys.exit(main())

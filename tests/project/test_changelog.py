"""CHANGELOG.md goes with the version, in the form of Keep a Changelog."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Final

from packaging.version import Version

import vinr

ROOT: Final = Path(__file__).parents[2]
TEXT: Final = (ROOT / "CHANGELOG.md").read_text("utf-8")
SECTIONS: Final = re.findall(r"^## \[(.+?)\]", TEXT, re.MULTILINE)
KINDS: Final = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_the_newest_release_in_it_is_this_version() -> None:
    assert SECTIONS[0] == "Unreleased"
    assert SECTIONS[1] == vinr.__version__


def test_the_project_has_the_same_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == vinr.__version__


def test_releases_stand_newest_first() -> None:
    versions = [Version(each) for each in SECTIONS[1:]]
    assert versions == sorted(versions, reverse=True)


def test_changes_are_of_the_known_kinds() -> None:
    assert set(re.findall(r"^### (.+)$", TEXT, re.MULTILINE)) <= KINDS

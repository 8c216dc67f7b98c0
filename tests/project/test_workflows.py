"""The workflows for GitHub: what they may do, and that what they run exists."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
WORKFLOWS: Final = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
_PINNED: Final = re.compile(r"[\w.-]+/[\w.-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+").fullmatch


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_by_its_commit(workflow: Path) -> None:
    used = re.findall(r"uses: (.+)", workflow.read_text("utf-8"))
    assert used
    for action in used:
        assert action.startswith("./") or _PINNED(action), action


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_only_read_unless_a_job_says_more(workflow: Path) -> None:
    assert "\npermissions:\n  contents: read\n" in workflow.read_text("utf-8")


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_what_a_workflow_makes_is_in_the_makefile(workflow: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"run: make ([a-z-]+)", workflow.read_text("utf-8"))) <= targets


def test_nothing_is_published_that_was_not_checked() -> None:
    text = (ROOT / ".github" / "workflows" / "release.yml").read_text("utf-8")
    order = re.findall(
        r"^  (\w+):$|^    needs: (\w+)$", text.partition("\njobs:\n")[2], re.MULTILINE
    )
    assert [job or f"needs {need}" for job, need in order] == [
        *("checks", "build", "needs checks", "publish", "needs build")
    ]


def test_what_publishes_is_the_pinned_version() -> None:
    text = (ROOT / ".github" / "workflows" / "release.yml").read_text("utf-8")
    (version,) = re.findall(r"uv==(\S+)", text)
    assert f"uv=={version}\n" in (ROOT / "constraints.txt").read_text("utf-8")

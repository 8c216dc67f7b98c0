"""AGENTS.md and llms.txt are what the docs make of them, and have what agents look for."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
SITE: Final = "https://vinr.readthedocs.io/en/stable/"
_LISTED: Final = re.compile(rf"^- \[([^]]+)\]\({SITE}([a-z/-]+)/\): (\S.*[.?:!])$")


def test_they_are_what_the_docs_make() -> None:
    command = [sys.executable, "scripts/agent_pages.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_llms_txt_has_its_form_and_every_page() -> None:
    title, _, summary, *rest = (ROOT / "docs" / "llms.txt").read_text("utf-8").splitlines()
    assert title == "# vinr"
    assert summary.startswith("> The Python SDK for VINR's loyalty API")
    sections = [line for line in rest if line.startswith("## ")]
    assert sections[-1] == "## Optional"
    listed = [match for line in rest if (match := _LISTED.match(line))]
    assert len(listed) + len(sections) == sum(1 for line in rest if line)
    docs = ROOT / "docs"
    names = {page.relative_to(docs).with_suffix("").as_posix() for page in docs.rglob("*.md")}
    pages = {name.removesuffix("/index") for name in names} - {"index"}
    assert sorted(match[2] for match in listed) == sorted(pages)


def test_agents_md_leads_to_the_site() -> None:
    text = (ROOT / "AGENTS.md").read_text("utf-8")
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert links
    assert all(link.startswith(SITE) for link in links)

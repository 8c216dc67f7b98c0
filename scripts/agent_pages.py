"""Makes the pages for coding agents from the docs: ``AGENTS.md`` and ``docs/llms.txt``.

``AGENTS.md`` is ``docs/agents.md`` with links that lead to the site, and what CONTRIBUTING.md says
about working on the project. ``llms.txt`` lists the site's pages, as llmstxt.org describes it; what
it says of a page is how the page begins. ``--check`` writes nothing and fails where one is stale.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import Final, NamedTuple, cast

import yaml

ROOT: Final = Path(__file__).resolve().parents[1]
DOCS: Final = ROOT / "docs"
COMMANDS: Final = ("format", "lint", "sync", "layers", "types", "quick", "unit", "agent-pages")
"""What somebody who changes the project runs most, of the table in CONTRIBUTING.md."""
OPTIONAL: Final = "The project"
"""The part of the site that may be skipped where there is little room."""
ENOUGH: Final = 40
"""Letters that say what a page is about; after fewer comes another sentence."""
_SENTENCE_END: Final = re.compile(r"(?<=[.?!])\s+(?=[A-Z`])")
_LINK: Final = re.compile(r"\[([^\]]+)\]\(([^)#\s]*)(#[^)\s]+)?\)")


class Site(NamedTuple):
    """What mkdocs.yml says."""

    url: str
    parts: list[tuple[str, list[str]]]
    """The headings of the navigation, each with its pages."""


def main() -> int:
    """Writes both pages, or says which is stale."""
    parser = argparse.ArgumentParser(description="Makes the pages for coding agents.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail for a stale page")
    check: bool = parser.parse_args().check
    stale = {path: text for path, text in pages().items() if not _has(path, text)}
    for path, text in stale.items():
        if check:
            print(f"{path.relative_to(ROOT)} is stale: run make agent-pages", file=sys.stderr)
        else:
            path.write_text(text, "utf-8")
    return 1 if check and stale else 0


def pages() -> dict[Path, str]:
    """What each page is to be."""
    site = _site()
    return {ROOT / "AGENTS.md": _agents(site), DOCS / "llms.txt": _llms(site)}


def _has(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text("utf-8") == text


def _site() -> Site:
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    config = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - it makes texts, whatever the tags
    nav = cast("list[dict[str, str | list[str]]]", config["nav"])
    parts = [
        (heading, listed)
        for entry in nav
        for heading, listed in entry.items()
        if isinstance(listed, list)
    ]
    return Site(str(config["site_url"]), parts)


def _llms(site: Site) -> str:
    lines = ["# vinr", "", f"> {_beginning('index.md')}"]
    for heading, listed in site.parts:
        lines += ["", f"## {'Optional' if heading == OPTIONAL else heading}", ""]
        for page in listed:
            lines.append(f"- [{_title(page)}]({_url(site, page)}): {_about(page)}")
    return "\n".join([*lines, ""])


def _agents(site: Site) -> str:
    title, _, rules = _text("agents.md").partition("\n")
    contributing = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    lines = [
        "<!-- `make agent-pages` made it of docs/agents.md and CONTRIBUTING.md: change those. -->",
        f"# vinr: {title.removeprefix('# ').lower()}",
        _linked_to_site(site, rules).rstrip(),
        "",
        "## Where to look it up",
        "",
        f"[llms.txt]({site.url}llms.txt) lists all pages of the documentation, each with a line.",
        "",
        "## Working on vinr itself",
        "",
        "`make install` makes the environment, `make test` runs every test and check. In between:",
        "",
        "| command | what it does |",
        "|---|---|",
        *(_command_row(contributing, name) for name in COMMANDS),
        "",
        _section(contributing, "Style"),
        "",
        "Layout, tests and dependencies: CONTRIBUTING.md.",
        "",
    ]
    return "\n".join(lines)


def _text(page: str) -> str:
    return (DOCS / page).read_text("utf-8")


def _title(page: str) -> str:
    return _text(page).partition("\n")[0].removeprefix("# ")


def _beginning(page: str) -> str:
    """A page's first paragraph, without links and emphasis."""
    _, paragraph, *_ = _text(page).split("\n\n")
    if paragraph.startswith(("#", "```", "|")):
        raise ValueError(f"docs/{page} does not say below its title what it is about")
    return _LINK.sub(r"\1", " ".join(paragraph.split())).replace("*", "")


def _about(page: str) -> str:
    first, *more = _SENTENCE_END.split(_beginning(page))
    return f"{first} {more[0]}" if len(first) < ENOUGH and more else first


def _url(site: Site, page: str) -> str:
    if page.endswith("index.md"):
        return site.url + page.removesuffix("index.md")
    return site.url + page.removesuffix(".md") + "/"


def _linked_to_site(site: Site, text: str) -> str:
    return _LINK.sub(lambda link: f"[{link[1]}]({_url(site, link[2])}{link[3] or ''})", text)


def _command_row(contributing: str, name: str) -> str:
    (row,) = re.findall(rf"^\| `make {name}` \|.*$", contributing, re.MULTILINE)
    return str(row)


def _section(contributing: str, heading: str) -> str:
    return contributing.partition(f"\n## {heading}\n\n")[2].partition("\n## ")[0].rstrip()


if __name__ == "__main__":
    sys.exit(main())

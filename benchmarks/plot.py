"""The plot of ``docs/performance.md``: bars in plain SVG, readable on light and dark pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape

from .results import Results, ratio
from .roster import LIBRARIES

_WIDTH: Final = 760
_BAR: Final = 20
_LEFT: Final = 110
_LONGEST: Final = 520
_COLORS: Final = {"ours": "#2f81f7", "floor": "#8b949e", "peer": "#d29922"}
_ROLES: Final = {library.name: library.role for library in LIBRARIES}

Bars = Sequence[tuple[str, float]]


def svg(results: Results) -> str:
    """Three panels: a call, a hundred calls at the same time, a list."""
    panels = (
        ("One GET: time, httpx = 1 (less is better)", _costs(results, "get")),
        (
            "100 tasks: calls a second, bare httpx = 1 (more is better)",
            _rates(results, "tasks-100"),
        ),
        ("10,000 items: items a second, httpx = 1 (more is better)", _rates(results, "10k")),
    )
    parts: list[str] = []
    top = 0
    for title, bars in panels:
        parts.append(_panel(title, bars, top))
        top += _BAR * (len(bars) + 2) + 10
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top}" '
        f'font-family="system-ui, sans-serif" font-size="12" fill="#8b949e">\n'
        f"<title>vinr beside bare httpx and other SDKs, {results.date}</title>\n"
        f"{''.join(parts)}</svg>\n"
    )


def _costs(results: Results, measure: str) -> Bars:
    samples = results.samples[measure]
    return sorted(((name, ratio(samples, name) or 0) for name in samples), key=lambda bar: bar[1])


def _rates(results: Results, measure: str) -> Bars:
    return sorted(
        ((name, 1 / cost) for name, cost in _costs(results, measure)), key=lambda bar: -bar[1]
    )


def _panel(title: str, bars: Bars, top: int) -> str:
    longest = max(value for _, value in bars)
    lines = [f'<text x="0" y="{top + 14}" font-weight="bold">{escape(title)}</text>\n']
    for number, (name, value) in enumerate(bars, 1):
        y, width = top + _BAR * number + 4, value / longest * _LONGEST
        lines.append(
            f'<text x="{_LEFT - 8}" y="{y + 13}" text-anchor="end">{escape(name)}</text>'
            f'<rect x="{_LEFT}" y="{y + 2}" width="{width:.1f}" height="{_BAR - 5}"'
            f' fill="{_COLORS[_ROLES[name]]}"/>'
            f'<text x="{_LEFT + width + 6:.1f}" y="{y + 13}">{value:.2f}</text>\n'
        )
    return "".join(lines)

"""The tables of ``docs/performance.md``, written between its marks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import median
from typing import Final

from . import plot
from .crew import ROOT
from .measures import CALLS, CONCURRENCY, PAGES, PREFETCH, Measure
from .results import Results, Samples, processor, ratio, seconds, spread
from .roster import BASE

PAGE: Final = ROOT / "docs" / "performance.md"
PLOT: Final = ROOT / "docs" / "images" / "performance.svg"
BEGIN: Final = "<!-- measured: written by make benchmark -->\n"
END: Final = "<!-- end of what was measured -->\n"

Row = Sequence[str]


def write(results: Results, page: Path = PAGE, image: Path = PLOT) -> None:
    """Puts the figures into the page, and draws the plot beside it."""
    before, _, rest = page.read_text("utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    plotted = f"![vinr beside bare httpx and other SDKs](images/{image.name})"
    page.write_text(f"{before}{BEGIN}\n{plotted}\n\n{_tables(results)}\n{END}{after}", "utf-8")
    image.parent.mkdir(exist_ok=True)
    image.write_text(plot.svg(results), "utf-8")


def quick(results: Results) -> str:
    """One table: vinr beside bare httpx, by every way it can send."""
    rows = [
        (
            f"{name}, {engine}",
            _micro(seconds(run[engine])),
            _micro(processor(run[engine])),
            _cost(run, engine),
        )
        for name, run in results.samples.items()
        for engine in run
        if engine != BASE
    ]
    titles = ("", "on the clock", "processor time", "ratio to bare httpx (quartiles)")
    return f"{_conditions(results)}\n\n{table(titles, rows)}"


def _tables(results: Results) -> str:
    return "\n\n".join(
        (
            _conditions(results),
            "### One call",
            "Microseconds on the clock; beside it the ratio to bare httpx with its quartiles.",
            _by_library(results, CALLS, _call),
            "Processor time of the same calls, in microseconds:",
            _by_library(results, CALLS, lambda run, name: _micro(processor(run[name]))),
            "### Calls at the same time",
            "Calls a second on one client; beside it how many times bare httpx.",
            _by_library(results, CONCURRENCY, _rate),
            "### Lists",
            "Items a second; beside it how many times bare httpx with a `validate_json` a page.",
            _by_library(results, PAGES, _rate),
            _prefetch(results),
            "### Import, first client, memory",
            _starts(results),
            "### Parts of a call",
            table(("", "µs"), [(name, _micro(each)) for name, each in results.parts.items()]),
        )
    )


def _conditions(results: Results) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in results.versions.items())
    return (
        f"Measured on {results.date}: {results.machine}, CPython {results.python};"
        f" {versions}. Medians of interleaved rounds."
    )


def _by_library(
    results: Results, measures: Sequence[Measure], cell: Callable[[Samples, str], str]
) -> str:
    names = dict.fromkeys(name for measure in measures for name in results.samples[measure.name])
    rows = [
        (name, *(_cell(results.samples[measure.name], name, cell) for measure in measures))
        for name in names
    ]
    return table(("", *(measure.title for measure in measures)), rows)


def _cell(samples: Samples, name: str, cell: Callable[[Samples, str], str]) -> str:
    return cell(samples, name) if name in samples else "–"


def _call(samples: Samples, name: str) -> str:
    return f"{_micro(seconds(samples[name]))} · {_cost(samples, name)}"


def _cost(samples: Samples, name: str) -> str:
    times, quartiles = ratio(samples, name), spread(samples, name)
    if times is None:
        return "–"
    if quartiles is None or times == 1:
        return f"{times:.2f}"
    return f"{times:.2f} ({quartiles[0]:.2f}–{quartiles[1]:.2f})"


def _rate(samples: Samples, name: str) -> str:
    times = ratio(samples, name)
    rate = f"{1 / seconds(samples[name]):,.0f}"
    return rate if times is None else f"{rate} · {1 / times:.2f} ×"


def _prefetch(results: Results) -> str:
    walks = [seconds(results.samples[measure.name]["vinr"]) for measure in PREFETCH]
    sync, tasks = walks[1] / walks[0], walks[3] / walks[2]
    return (
        "With a reader that takes as long for a page as the server, 20 ms, a walk with"
        f" `prefetch=1` takes {sync:.2f} × the time without, in tasks {tasks:.2f} ×."
    )


def _starts(results: Results) -> str:
    titles = (
        "",
        "import, ms",
        "import and first client, ms",
        "memory with one client, MB",
        "after a list of 100,000 items, MB",
    )
    rows = [
        (
            name,
            _milli(median(start.imported)),
            _milli(median(start.ready)),
            _mega(start.memory),
            _mega(start.walked),
        )
        for name, start in results.starts.items()
    ]
    return table(titles, rows)


def _micro(each: float) -> str:
    return f"{each * 1e6:.2f}" if each < 1e-5 else f"{each * 1e6:,.0f}"


def _milli(each: float) -> str:
    return f"{each * 1e3:,.0f}"


def _mega(size: int) -> str:
    return f"{size / 1e6:.0f}" if size else "–"


def table(titles: Row, rows: Iterable[Row], align: str = "--:") -> str:
    """In Markdown; all columns but the first are aligned as said."""
    lines = [titles, ["---"] + [align] * (len(titles) - 1), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
